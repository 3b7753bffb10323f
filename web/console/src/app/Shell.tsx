import {
  ApiOutlined,
  AppstoreOutlined,
  CustomerServiceOutlined,
  DashboardOutlined,
  ExperimentOutlined,
  QuestionCircleOutlined,
  ReadOutlined,
  SearchOutlined,
  SettingOutlined,
  SolutionOutlined,
} from '@ant-design/icons';
import { useQueryClient } from '@tanstack/react-query';
import { Alert, App, Dropdown, Tooltip } from 'antd';
import { lazy, type ReactNode, Suspense, useCallback, useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { NavLink, useNavigate } from 'react-router';
import { Bell } from '@/features/notices/Bell';
import type { About } from '@/features/notices/useNotices';
import { PresenceSwitch } from '@/features/presence/PresenceSwitch';
import { forgetAttachments } from '@/features/thread/attachments';
import { forgetThreads } from '@/features/thread/store';
import { api, Problem } from '@/shared/api';
import { useConnected } from '@/shared/live';
import { prefer, usePreferences } from '@/shared/preferences';
import { useMay, useMe } from '@/shared/session';
import { CONTROL, isWriting } from '@/shared/shortcuts';
import { useEverywhereCommands } from './commands';
import { Help } from './Help';
import { ME } from './Session';
import styles from './shell.module.css';

const loadPalette = () => import('./Palette');
const Palette = lazy(loadPalette);

/** The frame around every page: where to go, who one is, whether the line is up. */
export function Shell({ children }: { children: ReactNode }) {
  const { t } = useTranslation();
  const [help, setHelp] = useState(false);
  const [palette, setPalette] = useState(false);
  const mayReply = useMay('conversations.reply');
  const reviews = useMay('quality.review');
  const connects = useMay('settings.manage');
  const seesBoard = useMay('workforce.read');
  const seesTickets = useMay('tickets.read');
  const navigate = useNavigate();
  const openNoted = useCallback(
    ({ conversation_id, ticket_id }: About) =>
      navigate(ticket_id ? `/tickets/${ticket_id}` : `/inbox/${conversation_id}`),
    [navigate],
  );

  useEffect(() => {
    const pressed = (event: KeyboardEvent) => {
      if (event.key === '?' && !isWriting()) setHelp(true);
      if (event.code === 'KeyK' && (event.ctrlKey || event.metaKey) && !event.altKey) {
        event.preventDefault();
        setPalette((open) => !open);
      }
    };
    window.addEventListener('keydown', pressed);
    return () => window.removeEventListener('keydown', pressed);
  }, []);
  // there before somebody first calls it up: what they type at once would go nowhere
  useEffect(() => {
    const timer = window.setTimeout(() => void loadPalette().catch(() => undefined), 2_000);
    return () => window.clearTimeout(timer);
  }, []);
  useEverywhereCommands(useCallback(() => setHelp(true), []));

  return (
    <div className={styles.shell}>
      <nav className={styles.rail} aria-label={t('app.console')}>
        <span className={styles.logo} aria-hidden>
          应
        </span>
        <NavLink to="/inbox" className={styles.place}>
          <CustomerServiceOutlined aria-hidden />
          <span>{t('app.inbox')}</span>
        </NavLink>
        {seesTickets && (
          <NavLink to="/tickets" className={styles.place}>
            <SolutionOutlined aria-hidden />
            <span>{t('ticket.nav')}</span>
          </NavLink>
        )}
        {seesBoard && (
          <NavLink to="/board" className={styles.place}>
            <DashboardOutlined aria-hidden />
            <span>{t('board.nav')}</span>
          </NavLink>
        )}
        {reviews && (
          <NavLink to="/review" className={styles.place}>
            <ExperimentOutlined aria-hidden />
            <span>{t('app.review')}</span>
          </NavLink>
        )}
        <NavLink to="/knowledge" className={styles.place}>
          <ReadOutlined aria-hidden />
          <span>{t('knowledge.nav')}</span>
        </NavLink>
        <NavLink to="/manage" className={styles.place}>
          <AppstoreOutlined aria-hidden />
          <span>{t('manage.nav')}</span>
        </NavLink>
        {connects && (
          <NavLink to="/integrations" className={styles.place}>
            <ApiOutlined aria-hidden />
            <span>{t('app.integrations')}</span>
          </NavLink>
        )}
        <span className={styles.space} />
        <Tooltip title={`${t('palette.title')} ${CONTROL} K`} placement="right">
          <button
            type="button"
            className={styles.place}
            aria-label={t('palette.title')}
            onClick={() => setPalette(true)}
          >
            <SearchOutlined aria-hidden />
          </button>
        </Tooltip>
        <Bell className={styles.place} onOpen={openNoted} />
        {mayReply && <PresenceSwitch className={styles.place} />}
        <Tooltip title={`${t('app.help')} ?`} placement="right">
          <button type="button" className={styles.place} aria-label={t('app.help')} onClick={() => setHelp(true)}>
            <QuestionCircleOutlined aria-hidden />
          </button>
        </Tooltip>
        <Settings />
      </nav>
      <div className={styles.main}>
        <Connection />
        {children}
      </div>
      <Help open={help} onClose={() => setHelp(false)} />
      {palette && (
        <Suspense>
          <Palette onClose={() => setPalette(false)} />
        </Suspense>
      )}
    </div>
  );
}

function Connection() {
  const { t } = useTranslation();
  const connected = useConnected();
  const queries = useQueryClient();
  useEffect(() => {
    if (connected) void queries.refetchQueries({ type: 'active', predicate: ({ state }) => state.status === 'error' });
  }, [connected, queries]);
  return connected ? null : <Alert banner type="warning" title={t('app.reconnecting')} role="status" />;
}

function Settings() {
  const { t } = useTranslation();
  const me = useMe();
  const { locale, theme, enterSends, sound, desktop } = usePreferences();
  const { message } = App.useApp();
  const queries = useQueryClient();
  const navigate = useNavigate();
  const [open, setOpen] = useState(false);

  const logout = async () => {
    try {
      await api.logout();
    } catch (problem) {
      if (!(problem instanceof Problem) || problem.status !== 401) {
        void message.error(String(problem instanceof Problem ? problem.message : problem));
        return;
      }
    }
    navigate('/login', { replace: true });
    queries.clear();
    queries.setQueryData(ME, null);
    forgetThreads();
    forgetAttachments();
  };

  const goToAccount = () => {
    setOpen(false); // choosing leaves it open
    navigate('/account');
  };

  /** Browsers ask only when somebody has clicked for it. */
  const preferDesktop = async () => {
    const allowed = desktop || (await Notification.requestPermission()) === 'granted';
    if (allowed) prefer({ desktop: !desktop });
    else void message.warning(t('notice.refused'));
  };

  const items = [
    { key: 'me', label: `${me.staff.display_name} · ${me.staff.login}`, disabled: true },
    { key: 'account', label: t('app.account'), onClick: goToAccount },
    { type: 'divider' as const },
    {
      key: 'locale',
      type: 'group' as const,
      label: t('app.language'),
      children: [
        { key: 'zh', label: '中文', onClick: () => prefer({ locale: 'zh' }) },
        { key: 'en', label: 'English', onClick: () => prefer({ locale: 'en' }) },
      ],
    },
    {
      key: 'theme',
      type: 'group' as const,
      label: t('app.theme'),
      children: (['system', 'light', 'dark'] as const).map((one) => ({
        key: one,
        label: t(`app.theme_${one}`),
        onClick: () => prefer({ theme: one }),
      })),
    },
    {
      key: 'send',
      type: 'group' as const,
      label: t('app.sendKey'),
      children: [
        { key: 'enter', label: t('app.enterSends'), onClick: () => prefer({ enterSends: true }) },
        { key: 'ctrl', label: t('app.ctrlEnterSends'), onClick: () => prefer({ enterSends: false }) },
      ],
    },
    {
      key: 'alerts',
      type: 'group' as const,
      label: t('notice.group'),
      children: [
        { key: 'sound', label: t('notice.sound'), onClick: () => prefer({ sound: !sound }) },
        { key: 'desktop', label: t('notice.desktop'), onClick: () => void preferDesktop() },
      ],
    },
    { type: 'divider' as const },
    { key: 'logout', label: t('app.logout'), danger: true, onClick: () => void logout() },
  ];

  const chosen = [locale, theme, enterSends ? 'enter' : 'ctrl', sound ? 'sound' : '', desktop ? 'desktop' : ''];
  return (
    <Dropdown
      trigger={['click']}
      placement="topRight"
      open={open}
      onOpenChange={setOpen}
      menu={{ items, selectable: true, multiple: true, selectedKeys: chosen }}
    >
      <button type="button" className={styles.place} aria-label={t('app.settings')}>
        <SettingOutlined aria-hidden />
      </button>
    </Dropdown>
  );
}
