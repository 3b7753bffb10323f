/** What can be done from everywhere. */
import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { useNavigate } from 'react-router';
import { VIEWS } from '@/features/inbox/filters';
import { useCommands } from '@/shared/commands';
import { prefer, usePreferences } from '@/shared/preferences';
import { useMay } from '@/shared/session';

export function useEverywhereCommands(help: () => void): void {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const { locale } = usePreferences();
  const seesTickets = useMay('tickets.read');
  const seesBoard = useMay('workforce.read');
  const reviews = useMay('quality.review');
  const connects = useMay('settings.manage');
  const seesStaff = useMay('staff.read');
  const opensTickets = useMay('tickets.edit');
  useCommands(
    useMemo(
      () => [
        ...VIEWS.map((view) => ({
          id: `open.${view}`,
          title: t('palette.open', { name: t(`view.${view}`) }),
          run: () => navigate(`/inbox?view=${view}`),
        })),
        ...(
          [
            [seesTickets, '/tickets', 'ticket.nav'],
            [seesBoard, '/board', 'board.nav'],
            [reviews, '/review', 'app.review'],
            [true, '/knowledge', 'knowledge.nav'],
            [true, '/manage', 'manage.nav'],
            [connects, '/integrations', 'app.integrations'],
            [seesStaff, '/manage/staff', 'app.staff'],
            [true, '/account', 'app.account'],
          ] as const
        )
          .filter(([may]) => may)
          .map(([, path, name]) => ({
            id: `open.${path}`,
            title: t('palette.open', { name: t(name) }),
            run: () => navigate(path),
          })),
        ...(opensTickets
          ? [{ id: 'ticket', title: t('ticket.add'), run: () => navigate('/tickets', { state: { adding: true } }) }]
          : []),
        ...(['light', 'dark', 'system'] as const).map((theme) => ({
          id: `theme.${theme}`,
          title: t('palette.theme', { name: t(`app.theme_${theme}`) }),
          run: () => prefer({ theme }),
        })),
        locale === 'zh'
          ? { id: 'locale', title: 'Switch to English', run: () => prefer({ locale: 'en' }) }
          : { id: 'locale', title: '切换到中文', run: () => prefer({ locale: 'zh' }) },
        { id: 'help', title: t('app.help'), keys: '?', run: help },
      ],
      [t, navigate, locale, seesTickets, seesBoard, reviews, connects, seesStaff, opensTickets, help],
    ),
  );
}
