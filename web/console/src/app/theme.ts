import { type ThemeConfig, theme } from 'antd';

const LIGHT = {
  accent: '#0f6f78',
  surface: '#ffffff',
  ink: '#1b2b30',
  inkSoft: '#5a6b70',
  line: '#dfe5e6',
  bad: '#b3261e',
  good: '#23704a',
  wash: '#e2f1f2',
};
const DARK = {
  accent: '#4fbcc6',
  surface: '#1a2326',
  ink: '#e3ebec',
  inkSoft: '#9caeb2',
  line: '#2c393d',
  bad: '#ff9a91',
  good: '#7fd0a4',
  wash: '#173a3f',
};

/** White on these can be read; the algorithm's own are too light for it. */
const DARK_BUTTON = { colorPrimary: '#1c7480', colorPrimaryHover: '#22828f', colorPrimaryActive: '#165f69' };

/** The algorithm's own track is black, a hole in any surface. */
const DARK_SEGMENTED = { trackBg: '#2a363a', itemColor: DARK.inkSoft, itemSelectedBg: '#40525a' };

/** The tokens of tokens.css in antd's words. */
export function themeOf(dark: boolean): ThemeConfig {
  const colors = dark ? DARK : LIGHT;
  return {
    algorithm: dark ? theme.darkAlgorithm : theme.defaultAlgorithm,
    cssVar: { key: 'yd' },
    components: dark ? { Button: DARK_BUTTON, Dropdown: { colorPrimary: DARK.accent }, Segmented: DARK_SEGMENTED } : {},
    token: {
      colorPrimary: dark ? '#2b98a3' : colors.accent,
      colorLink: colors.accent,
      colorBgContainer: colors.surface,
      colorBgElevated: dark ? '#212c30' : colors.surface,
      colorText: colors.ink,
      colorTextPlaceholder: colors.inkSoft,
      colorTextDescription: colors.inkSoft,
      colorBorder: colors.line,
      colorBorderSecondary: colors.line,
      colorError: colors.bad,
      colorSuccess: colors.good,
      controlItemBgActive: colors.wash,
      controlItemBgActiveHover: colors.wash,
      borderRadius: 6,
      fontFamily: 'var(--font)',
      motion: !matchMedia('(prefers-reduced-motion: reduce)').matches,
      motionDurationMid: '0.12s',
      motionDurationSlow: '0.16s',
    },
  };
}
