import { QueryClient, QueryClientProvider, useQueryClient } from '@tanstack/react-query';
import { App as AntApp, ConfigProvider, Spin } from 'antd';
import enUS from 'antd/locale/en_US';
import zhCN from 'antd/locale/zh_CN';
import { lazy, type ReactNode, Suspense, useEffect, useLayoutEffect, useSyncExternalStore } from 'react';
import { createBrowserRouter, Navigate, Outlet, RouterProvider, useLocation, useNavigate } from 'react-router';
import { LoginPage } from '@/features/login/LoginPage';
import { i18next, speak } from '@/i18n';
import { configureApi, type Me, Problem } from '@/shared/api';
import { usePreferences } from '@/shared/preferences';
import { Broken } from './Broken';
import { ME, RequireSession, useSession } from './Session';
import { Shell } from './Shell';
import { themeOf } from './theme';
import { Workspace } from './Workspace';

const InvitationPage = lazy(() => import('@/features/login/InvitationPage'));
const AccountPage = lazy(() => import('@/features/people/AccountPage'));
const StaffPage = lazy(() => import('@/features/people/StaffPage'));
const RolesPage = lazy(() => import('@/features/people/RolesPage'));
const KeysPage = lazy(() => import('@/features/people/KeysPage'));
const AuditPage = lazy(() => import('@/features/people/AuditPage'));
const ReviewPage = lazy(() => import('@/features/review/ReviewPage'));
const IntegrationsPage = lazy(() => import('@/features/integrations/IntegrationsPage'));
const BoardPage = lazy(() => import('@/features/board/BoardPage'));
const OnBoard = lazy(() => import('@/features/escalation/OnBoard'));
const Banner = lazy(() => import('@/features/escalation/Banner'));
const TicketsPage = lazy(() => import('@/features/tickets/TicketsPage'));
const TicketRoute = lazy(() => import('@/features/tickets/TicketRoute'));
const MeetingPage = lazy(() => import('@/features/tickets/MeetingPage'));
const KnowledgePage = lazy(() => import('@/features/knowledge/KnowledgePage'));
const ArticlesPage = lazy(() => import('@/features/knowledge/ArticlesPage'));
const ProposalsPage = lazy(() => import('@/features/knowledge/ProposalsPage'));
const OverviewPage = lazy(() => import('@/features/knowledge/OverviewPage'));
const GraphPage = lazy(() => import('@/features/knowledge/GraphPage'));
const ManagePage = lazy(() => import('@/features/manage/ManagePage'));
const RepliesPage = lazy(() => import('@/features/manage/RepliesPage'));
const TriagePage = lazy(() => import('@/features/triage/TriagePage'));
const MacrosPage = lazy(() => import('@/features/manage/MacrosPage'));
const LevelsPage = lazy(() => import('@/features/manage/LevelsPage'));
const ChainPage = lazy(() => import('@/features/manage/ChainPage'));
const SkillsPage = lazy(() => import('@/features/skills/SkillsPage'));
const OutreachPage = lazy(() => import('@/features/outreach/OutreachPage'));
const LabelsPage = lazy(() => import('@/features/labels/LabelsPage'));
const KindsPage = lazy(() => import('@/features/manage/KindsPage'));

const queries = new QueryClient({
  defaultOptions: {
    queries: {
      staleTime: 30_000,
      refetchOnWindowFocus: false, // the socket tells what changed
      retry: (count, problem) =>
        count < 2 && !(problem instanceof Problem && problem.status < 500 && problem.status > 0),
    },
  },
});
configureApi({ onSignedOut: () => queries.setQueryData(ME, null) });

const bannerOf = (ticketId: string) => <Later page={<Banner key={ticketId} id={ticketId} kind="ticket" />} />;

const router = createBrowserRouter(
  [
    { path: '/login', element: <Login />, ErrorBoundary: Broken },
    { path: '/invitation', element: <Invitation />, ErrorBoundary: Broken },
    {
      element: (
        <RequireSession>
          <Shell>
            <Outlet />
          </Shell>
        </RequireSession>
      ),
      ErrorBoundary: Broken,
      children: [
        { path: '/inbox/:conversationId?', element: <Workspace /> },
        { path: '/account', element: <Later page={<AccountPage />} /> },
        { path: '/review', element: <Later page={<ReviewPage />} /> },
        { path: '/integrations', element: <Later page={<IntegrationsPage />} /> },
        {
          path: '/board',
          element: <Later page={<BoardPage more={(board) => <Later page={<OnBoard board={board} />} />} />} />,
        },
        { path: '/tickets/meeting', element: <Later page={<MeetingPage />} /> },
        {
          path: '/tickets',
          element: <Later page={<TicketsPage />} />,
          children: [{ path: ':ticketId', element: <Later page={<TicketRoute bannerOf={bannerOf} />} /> }],
        },
        {
          path: '/knowledge',
          element: <Later page={<KnowledgePage />} />,
          children: [
            { index: true, element: <Navigate to="/knowledge/articles" replace /> },
            { path: 'articles/:articleId?', element: <Later page={<ArticlesPage />} /> },
            { path: 'proposals', element: <Later page={<ProposalsPage />} /> },
            { path: 'overview', element: <Later page={<OverviewPage />} /> },
            { path: 'graph', element: <Later page={<GraphPage />} /> },
            { path: 'labels', element: <Later page={<LabelsPage />} /> },
          ],
        },
        {
          path: '/manage',
          element: <Later page={<ManagePage />} />,
          children: [
            { index: true, element: <Navigate to="/manage/replies" replace /> },
            { path: 'replies', element: <Later page={<RepliesPage />} /> },
            { path: 'triage', element: <Later page={<TriagePage />} /> },
            { path: 'macros', element: <Later page={<MacrosPage />} /> },
            { path: 'levels', element: <Later page={<LevelsPage />} /> },
            { path: 'chain', element: <Later page={<ChainPage />} /> },
            { path: 'outreach', element: <Later page={<OutreachPage />} /> },
            { path: 'skills', element: <Later page={<SkillsPage />} /> },
            { path: 'kinds', element: <Later page={<KindsPage />} /> },
            { path: 'staff', element: <Later page={<StaffPage />} /> },
            { path: 'roles', element: <Later page={<RolesPage />} /> },
            { path: 'keys', element: <Later page={<KeysPage />} /> },
            { path: 'audit', element: <Later page={<AuditPage />} /> },
          ],
        },
      ],
    },
    { path: '*', element: <Navigate to="/inbox" replace /> },
  ],
  { basename: '/desk' },
);

/** A page that is loaded when somebody goes there. */
function Later({ page }: { page: ReactNode }) {
  return <Suspense fallback={<Spin style={{ margin: 'auto' }} delay={300} />}>{page}</Suspense>;
}

/** Begins the session of whoever has signed in, with nothing left of anybody else's. */
function useSignedIn(to: string) {
  const client = useQueryClient();
  const navigate = useNavigate();
  return (me: Me) => {
    client.removeQueries({ predicate: (query) => query.queryKey[0] !== ME[0] });
    configureApi({ csrfToken: me.csrf_token ?? '' });
    client.setQueryData(ME, me);
    navigate(to, { replace: true });
  };
}

function Login() {
  const session = useSession();
  const from = (useLocation().state as { from?: string } | null)?.from;
  const signedIn = useSignedIn(from ?? '/inbox');
  if (session.data) return <Navigate to={from ?? '/inbox'} replace />;
  return <LoginPage expired={from !== undefined && from !== '/inbox'} onSignedIn={signedIn} />;
}

function Invitation() {
  return <Later page={<InvitationPage onSignedIn={useSignedIn('/inbox')} />} />;
}

const darkSystem = window.matchMedia('(prefers-color-scheme: dark)');
const observeSystem = (observer: () => void) => {
  darkSystem.addEventListener('change', observer);
  return () => darkSystem.removeEventListener('change', observer);
};

/**
 * Dialogs and menus go straight into the page. In an element of their own, which antd appends only after it has filled it, a
 * field that takes the focus as it appears would not get it, unless the dialog waits to be faded in.
 */
const layers = () => document.body;

export function App() {
  const { locale, theme } = usePreferences();
  const systemDark = useSyncExternalStore(observeSystem, () => darkSystem.matches);
  const dark = theme === 'system' ? systemDark : theme === 'dark';

  useLayoutEffect(() => {
    document.documentElement.dataset.theme = dark ? 'dark' : 'light';
    document.documentElement.style.colorScheme = dark ? 'dark' : 'light';
  }, [dark]);

  useEffect(() => {
    document.documentElement.lang = locale === 'zh' ? 'zh-CN' : 'en';
    void speak(locale).then(() => configureApi({ locale, unreachable: i18next.t('app.unreachable') }));
  }, [locale]);

  return (
    <ConfigProvider
      theme={themeOf(dark)}
      locale={locale === 'zh' ? zhCN : enUS}
      button={{ autoInsertSpace: false }}
      getPopupContainer={layers}
    >
      <AntApp style={{ height: '100%' }} message={{ maxCount: 3 }}>
        <QueryClientProvider client={queries}>
          <RouterProvider router={router} />
        </QueryClientProvider>
      </AntApp>
    </ConfigProvider>
  );
}
