/** Boards and lists of tickets, and under what they are kept. */
import { keepPreviousData, useInfiniteQuery, useQuery } from '@tanstack/react-query';
import { usePreferences } from '@/shared/preferences';
import { TICKETS, tickets } from '@/shared/tickets';
import { exportAddress, queryOf, type Wanted } from './filters';

const CARDS = 30;
const ROWS = 50;

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

export function useExportAddress(wanted: Wanted): (format: 'csv' | 'xlsx') => string {
  const { locale } = usePreferences();
  return (format) => exportAddress(wanted, format, locale);
}
