/** The list of a view, kept right by what the socket tells. */
import { type InfiniteData, useInfiniteQuery, useQuery, useQueryClient } from '@tanstack/react-query';
import { useCallback, useEffect, useMemo, useRef } from 'react';
import { api, type ConversationItem, type ConversationPage, Problem } from '@/shared/api';
import { type Frame, useFrames } from '@/shared/live';
import { COUNTS, HEAD, headKey, LIST } from '@/shared/queries';
import { useMe } from '@/shared/session';
import { afterActivity, changesDue, find, place, remove, upToDate, type Wanted } from './list';

/** Heads that changed are asked for together, after this long; when many did, the whole list is. */
const GATHER = 150;
const TOO_MANY = 15;
const COUNTS_EVERY = 1000;

type Pages = InfiniteData<ConversationPage, string | undefined>;

export function useInbox(wanted: Wanted) {
  const me = useMe().staff.id;
  const queries = useQueryClient();
  const key = useMemo(() => [LIST, wanted] as const, [wanted]);
  const list = useInfiniteQuery({
    queryKey: key,
    queryFn: ({ pageParam }) => api.conversations({ ...wanted, cursor: pageParam, limit: 50 }),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: (page) => page.next_cursor ?? undefined,
    staleTime: 0, // other views are not kept right while they are not shown
  });
  const items = useMemo(() => list.data?.pages.flatMap((page) => page.items) ?? [], [list.data]);

  // an answer still under way knows nothing of what is changed meanwhile, and would undo it
  const overtaken = useRef(false);
  const { isFetching, refetch } = list;
  useEffect(() => {
    if (isFetching || !overtaken.current) return;
    overtaken.current = false;
    void refetch();
  }, [isFetching, refetch]);

  const change = useCallback(
    (edit: (pages: ConversationPage[]) => ConversationPage[]) => {
      overtaken.current ||= queries.isFetching({ queryKey: key, exact: true }) > 0;
      queries.setQueryData<Pages>(key, (data) => (data ? { ...data, pages: edit(data.pages) } : data));
    },
    [queries, key],
  );
  const show = useCallback(
    (answer: ConversationItem) => {
      const { id } = answer.conversation;
      const opened = queries.getQueryData<ConversationItem>(headKey(id));
      const listed = find(queries.getQueryData<Pages>(key)?.pages ?? [], id);
      const item = upToDate(opened ?? listed, answer);
      queries.setQueryData(headKey(id), item);
      change((pages) => place(pages, item, wanted, me));
    },
    [queries, key, change, wanted, me],
  );
  const refresh = useRefresh(show, change);

  const heard = useCallback(
    (frame: Frame) => {
      switch (frame.type) {
        case 'ready':
        case 'resync':
          refresh.all();
          break;
        case 'conversation':
          refresh.head(frame.conversation.conversation_id);
          break;
        case 'left':
          refresh.head(frame.conversation_id);
          break;
        case 'activity': {
          const id = frame.conversation_id;
          const head = queries.getQueryData<ConversationItem>(headKey(id));
          if (head) queries.setQueryData(headKey(id), afterActivity(head, frame));
          const known = find(queries.getQueryData<Pages>(key)?.pages ?? [], id);
          if (known) change((pages) => place(pages, afterActivity(known, frame), wanted, me));
          if (known ? changesDue(known, frame) : frame.kind !== 'note') refresh.head(id);
          break;
        }
      }
    },
    [queries, key, change, refresh, wanted, me],
  );
  useFrames(heard);
  return { list, items, show };
}

/** Heads and counts asked for again: gathered, so that a busy minute is a few requests and not hundreds. */
function useRefresh(
  show: (item: ConversationItem) => void,
  change: (edit: (pages: ConversationPage[]) => ConversationPage[]) => void,
) {
  const queries = useQueryClient();
  const changed = useRef(new Set<string>());
  // what is gathered while one view is shown may be told once another is
  const shown = useRef({ show, change });
  useEffect(() => {
    shown.current = { show, change };
  }, [show, change]);
  const timers = useRef({ heads: 0, counts: 0 });
  useEffect(
    () => () => {
      window.clearTimeout(timers.current.heads);
      window.clearTimeout(timers.current.counts);
      timers.current = { heads: 0, counts: 0 };
    },
    [],
  );

  return useMemo(() => {
    const all = () => {
      void queries.invalidateQueries({ queryKey: [LIST] });
      void queries.invalidateQueries({ queryKey: [HEAD] });
      void queries.invalidateQueries({ queryKey: COUNTS });
    };
    const one = async (id: string) => {
      try {
        const item = await api.conversation(id);
        shown.current.show(item);
      } catch (problem) {
        if (!(problem instanceof Problem && problem.status === 404)) return;
        shown.current.change((pages) => remove(pages, id));
        void queries.resetQueries({ queryKey: headKey(id) }); // whoever has it open is told what became of it
      }
    };
    const flush = () => {
      timers.current.heads = 0;
      const ids = [...changed.current];
      changed.current.clear();
      if (ids.length > TOO_MANY) all();
      else for (const id of ids) void one(id);
    };
    const counts = () => {
      timers.current.counts = 0;
      void queries.invalidateQueries({ queryKey: COUNTS });
    };
    const head = (id: string) => {
      changed.current.add(id);
      timers.current.heads ||= window.setTimeout(flush, GATHER);
      timers.current.counts ||= window.setTimeout(counts, COUNTS_EVERY);
    };
    return { all, head };
  }, [queries]);
}

export const useCounts = () => useQuery({ queryKey: COUNTS, queryFn: api.counts });
