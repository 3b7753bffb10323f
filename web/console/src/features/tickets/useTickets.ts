/** Boards and lists of tickets, kept right by what the socket tells. */
import { keepPreviousData, useInfiniteQuery, useQuery, useQueryClient } from '@tanstack/react-query';
import { useEffect } from 'react';
import { live } from '@/shared/live';
import { usePreferences } from '@/shared/preferences';
import { throttled } from '@/shared/throttle';
import { TICKETS, tickets } from '@/shared/tickets';
import { exportAddress, queryOf, type Wanted } from './filters';

const AT_MOST_EVERY = 1_500;
const CARDS = 30;
const ROWS = 50;

export const oneKey = (id: string) => [TICKETS, 'one', id];
export const commentsKey = (id: string) => [TICKETS, 'comments', id];
export const historyKey = (id: string) => [TICKETS, 'history', id];
const listOf = (wanted: Wanted) => JSON.stringify(queryOf(wanted));
export const boardKey = (wanted: Wanted) => [TICKETS, 'board', listOf(wanted)];

export function useBoard(wanted: Wanted) {
  return useQuery({
    queryKey: boardKey(wanted),
    queryFn: () => tickets.board({ ...queryOf(wanted), limit: CARDS }),
    placeholderData: keepPreviousData,
    staleTime: 0,
  });
}

export function useList(wanted: Wanted) {
  return useInfiniteQuery({
    queryKey: [TICKETS, 'list', listOf(wanted)],
    queryFn: ({ pageParam }) => tickets.list({ ...queryOf(wanted), limit: ROWS, cursor: pageParam }),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: (page) => page.next_cursor ?? undefined,
    placeholderData: keepPreviousData,
    staleTime: 0,
  });
}

/** Ask again when a ticket has changed anywhere, and after a time without the socket. */
export function useLiveTickets(): void {
  const queries = useQueryClient();
  useEffect(() => {
    const again = throttled(() => void queries.invalidateQueries({ queryKey: [TICKETS] }), AT_MOST_EVERY);
    const deaf = live.listen(({ type }) => {
      if (TELLING.has(type)) again.run();
    });
    return () => {
      deaf();
      again.stop();
    };
  }, [queries]);
}

const TELLING = new Set<string>(['ticket', 'ticket_left', 'ticket_comment', 'ready', 'resync']);

export function useExportAddress(wanted: Wanted): (format: 'csv' | 'xlsx') => string {
  const { locale } = usePreferences();
  return (format) => exportAddress(wanted, format, locale);
}
