/** What can be done by name with the conversation that is open. */
import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import type { ConversationItem } from '@/shared/api';
import { useCommands } from '@/shared/commands';
import { useMay, useMe } from '@/shared/session';

interface Deeds {
  take: () => void;
  reopen: () => void;
  resolve: () => void;
  promise: () => void;
  snooze: () => void;
  reply: () => void;
  note: () => void;
  follow: () => void;
}

export function useThreadCommands({ conversation: head, followed }: ConversationItem, deeds: Deeds): void {
  const { t } = useTranslation();
  const me = useMe().staff.id;
  const mayReply = useMay('conversations.reply');
  const live = head.state !== 'resolved';
  useCommands(
    useMemo(() => {
      const offered = [
        { id: 'follow', title: t(followed ? 'marks.unfollow' : 'marks.follow'), run: deeds.follow, now: true },
        { id: 'take', title: t('work.take'), run: deeds.take, now: mayReply && live && head.assignee_id !== me },
        { id: 'reply', title: t('compose.reply'), keys: 'Alt + L', run: deeds.reply, now: mayReply && live },
        { id: 'note', title: t('compose.note'), keys: 'Alt + P', run: deeds.note, now: mayReply },
        { id: 'snooze', title: t('work.snooze'), keys: 'Alt + M', run: deeds.snooze, now: mayReply && live },
        { id: 'promise', title: t('promise.title'), run: deeds.promise, now: mayReply && live },
        { id: 'resolve', title: t('work.resolve'), keys: 'Alt + E', run: deeds.resolve, now: mayReply && live },
        { id: 'reopen', title: t('work.reopen'), run: deeds.reopen, now: mayReply && !live },
      ];
      return offered.filter((one) => one.now);
    }, [t, deeds, followed, live, mayReply, head.assignee_id, me]),
  );
}
