import { useQuery, useQueryClient } from '@tanstack/react-query';
import { Button, Result, Spin } from 'antd';
import { type ReactNode, useEffect } from 'react';
import { useTranslation } from 'react-i18next';
import { Navigate, useLocation } from 'react-router';
import { api, configureApi, Problem } from '@/shared/api';
import { live } from '@/shared/live';
import { SessionContext } from '@/shared/session';

export const ME = ['me'] as const;

/** Who is signed in; null for nobody. */
export function useSession() {
  return useQuery({
    queryKey: ME,
    queryFn: async () => {
      try {
        const me = await api.me();
        configureApi({ csrfToken: me.csrf_token ?? '' });
        return me;
      } catch (problem) {
        if (problem instanceof Problem && problem.status === 401) return null;
        throw problem;
      }
    },
    staleTime: Number.POSITIVE_INFINITY,
  });
}

/** What is only shown to somebody who is signed in; others sign in first and come back. */
export function RequireSession({ children }: { children: ReactNode }) {
  const { t } = useTranslation();
  const session = useSession();
  const queries = useQueryClient();
  const location = useLocation();
  const signedIn = Boolean(session.data);

  useEffect(() => {
    if (!signedIn) return;
    live.start(() => void queries.invalidateQueries({ queryKey: ME }));
    return () => live.stop();
  }, [signedIn, queries]);

  if (session.isPending) return <Spin fullscreen delay={300} />;
  if (session.isError) {
    const again = (
      <Button type="primary" onClick={() => void session.refetch()}>
        {t('app.retry')}
      </Button>
    );
    return <Result status="warning" title={session.error.message} extra={again} />;
  }
  if (!session.data) return <Navigate to="/login" replace state={{ from: location.pathname + location.search }} />;
  return <SessionContext value={session.data}>{children}</SessionContext>;
}
