import { Segmented } from 'antd';
import { prefer, usePreferences } from '@/shared/preferences';

export function LocaleSwitch() {
  const { locale } = usePreferences();
  return (
    <Segmented
      value={locale}
      onChange={(value) => prefer({ locale: value })}
      options={[
        { value: 'zh' as const, label: '中文' },
        { value: 'en' as const, label: 'English' },
      ]}
    />
  );
}
