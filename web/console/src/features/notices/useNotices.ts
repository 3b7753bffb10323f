/** One's own notices: asked for again when the socket says that there is one, and told of. */
import { type InfiniteData, useInfiniteQuery, useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import type { TFunction } from 'i18next';
import { useCallback, useEffect, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import { api, type NoticeItem, type NoticePage } from '@/shared/api';
import { type Frame, useFrames } from '@/shared/live';
import { preferences } from '@/shared/preferences';
import { FOLLOWED, headKey, PROMISES } from '@/shared/queries';
import { useMe } from '@/shared/session';
import { fresh, once, type Reason, reasonOf, ring, show } from './alerts';

/** What a notice leads to. */
export type About = Partial<Pick<NoticeItem, 'conversation_id' | 'ticket_id'>>;

const NOTICES = ['notices'];

const NONE = new Set<string>();

type Pages = InfiniteData<NoticePage, string | undefined>;

export function useNotices(onOpen: (about: About) => void) {
  const queries = useQueryClient();
  const list = useInfiniteQuery({
    queryKey: NOTICES,
    queryFn: ({ pageParam }) => api.notices(pageParam),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: (page) => page.next_cursor ?? undefined,
  });
  const items = list.data?.pages.flatMap((page) => page.items) ?? [];
  const unread = list.data?.pages[0]?.unread ?? 0;
  useAlerts(items, onOpen);

  const mark = (isRead: (item: NoticeItem) => boolean) =>
    queries.setQueryData<Pages>(
      NOTICES,
      (data) => data && { ...data, pages: data.pages.map((page) => read(page, isRead)) },
    );
  const settled = () => queries.invalidateQueries({ queryKey: NOTICES });
  const readOne = useMutation({
    mutationFn: api.readNotice,
    onMutate: (id: string) => mark((item) => item.id === id),
    onSettled: settled,
  });
  const readAll = useMutation({
    mutationFn: api.readNotices,
    onMutate: () => mark(() => true),
    onSettled: settled,
  });
  return { list, items, unread, readOne, readAll };
}

function read(page: NoticePage, isRead: (item: NoticeItem) => boolean): NoticePage {
  const newly = page.items.filter((item) => !item.read && isRead(item)).length;
  return {
    ...page,
    unread: Math.max(0, page.unread - newly),
    items: page.items.map((item) => (isRead(item) ? { ...item, read: true } : item)),
  };
}

/** Calls the reader, by what they have chosen, for what the socket tells. */
function useAlerts(items: NoticeItem[], onOpen: (about: About) => void): void {
  const { t } = useTranslation();
  const me = useMe().staff.id;
  const queries = useQueryClient();
  const followed = useQuery({
    queryKey: FOLLOWED,
    queryFn: () => api.conversations({ followed: true, limit: 200 }),
    select: (page) => new Set(page.items.map((item) => item.conversation.id)),
  }).data;
  const first = useRef(once());
  const awaited = useRef(new Set<string>());

  const call = useCallback((title: string, body: string, tag: string, about: About, open: typeof onOpen) => {
    if (preferences().desktop && !looking()) show(title, body, tag, () => open(about));
  }, []);

  const heard = useCallback(
    (frame: Frame) => {
      if (frame.type === 'ready' || frame.type === 'resync') void queries.invalidateQueries({ queryKey: NOTICES });
      const reason: Reason | null = reasonOf(frame, me, !looking(), followed ?? NONE);
      if (!reason || !first.current(frame)) return;
      const crisis = reason.kind === 'notice' && reason.crisis;
      if (crisis || preferences().sound) ring(crisis); // nobody may sleep through a crisis
      if (reason.kind === 'notice') {
        awaited.current.add(reason.id); // shown as soon as it is known what it says
        void queries.invalidateQueries({ queryKey: NOTICES });
        void queries.invalidateQueries({ queryKey: [PROMISES] });
        return;
      }
      const head = queries.getQueryData<{ customer: { name: string } }>(headKey(reason.conversationId));
      const title = t('notice.message', { name: head?.customer.name || t('notice.customer') });
      call(title, reason.preview, reason.conversationId, { conversation_id: reason.conversationId }, onOpen);
    },
    [me, queries, t, call, onOpen, followed],
  );
  useFrames(heard);

  useEffect(() => {
    for (const item of fresh(items, awaited.current)) {
      awaited.current.delete(item.id);
      void import('./words').then(({ bodyOf }) => call(titleOf(item, t), bodyOf(item, t), item.id, item, onOpen));
    }
  }, [items, t, call, onOpen]);
}

const looking = () => !document.hidden && document.hasFocus();

export function titleOf(item: NoticeItem, t: TFunction): string {
  const what = item.ticket_id ? t('notice.ticket', { number: item.ticket_number ?? '' }) : t('notice.conversation');
  const title =
    item.kind === 'escalated' && item.actor_name
      ? t('notice.escalatedBy', { name: item.actor_name, what })
      : t(`notice.${item.kind}`, { name: item.actor_name ?? '', what });
  return title.replaceAll('  ', ' ').trim(); // without a number there is a gap
}
