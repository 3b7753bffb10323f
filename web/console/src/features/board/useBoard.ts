/** The board, asked for again when the socket tells of something, and for what it does not tell, now and then. */
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { App } from 'antd';
import { useEffect, useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { api, type Line } from '@/shared/api';
import { live } from '@/shared/live';
import { throttled } from '@/shared/throttle';

const BOARD = ['board'];
const AT_MOST_EVERY = 5_000;
/** Colleagues who come and go are not announced. */
const AT_LEAST_EVERY = 20_000;

export function useBoard() {
  const queries = useQueryClient();
  useEffect(() => {
    const again = throttled(() => void queries.invalidateQueries({ queryKey: BOARD }), AT_MOST_EVERY);
    const deaf = live.listen((frame) => {
      if (['conversation', 'activity', 'ready', 'resync'].includes(frame.type)) again.run();
    });
    return () => {
      deaf();
      again.stop();
    };
  }, [queries]);
  return useQuery({ queryKey: BOARD, queryFn: api.board, staleTime: 0, refetchInterval: AT_LEAST_EVERY });
}

/** What can be done from the board; it shows at once what came of it. */
export function useActions() {
  const { t } = useTranslation();
  const { message } = App.useApp();
  const queries = useQueryClient();
  const [busy, setBusy] = useState(false);
  return useMemo(() => {
    const run = async (action: () => Promise<unknown>, done: string): Promise<boolean> => {
      setBusy(true);
      try {
        await action();
        void message.success(done);
        void queries.invalidateQueries({ queryKey: BOARD });
        return true;
      } catch (problem) {
        void message.error(problem instanceof Error ? problem.message : String(problem));
        return false;
      } finally {
        setBusy(false);
      }
    };
    return {
      busy,
      assign: (id: string, staffId: string, name: string) =>
        run(() => api.transfer(id, { staff_id: staffId }), t('transfer.done', { name })),
      take: ({ conversation_id, assignee_id }: Line) =>
        run(() => api.take(conversation_id, !assignee_id), t('thread.takenOver')),
      release: (id: string) => run(() => api.transfer(id, {}), t('transfer.done', { name: t('transfer.queue') })),
      whisper: (id: string, text: string, client_id: string) =>
        run(() => api.write(id, { kind: 'note', text, client_id }), t('board.whispered')),
    };
  }, [busy, message, queries, t]);
}
