/** What can be done by name with the conversation that is open. */
import { useMemo, useRef } from 'react';
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
  const latest = useRef(deeds); // they change with every line of the thread; what is offered does not
  latest.current = deeds;
  useCommands(
    useMemo(() => {
      const offered = [
        {
          id: 'follow',
          title: t(followed ? 'marks.unfollow' : 'marks.follow'),
          run: () => latest.current.follow(),
          now: true,
        },
        {
          id: 'take',
          title: t(head.assignee_id ? 'work.takeOver' : 'work.take'),
          run: () => latest.current.take(),
          now: mayReply && live && head.assignee_id !== me,
        },
        {
          id: 'reply',
          title: t('compose.reply'),
          keys: 'Alt + L',
          run: () => latest.current.reply(),
          now: mayReply && live,
        },
        { id: 'note', title: t('compose.note'), keys: 'Alt + P', run: () => latest.current.note(), now: mayReply },
        {
          id: 'snooze',
          title: t('work.snooze'),
          keys: 'Alt + M',
          run: () => latest.current.snooze(),
          now: mayReply && live,
        },
        { id: 'promise', title: t('promise.title'), run: () => latest.current.promise(), now: mayReply && live },
        {
          id: 'resolve',
          title: t('work.resolve'),
          keys: 'Alt + E',
          run: () => latest.current.resolve(),
          now: mayReply && live,
        },
        { id: 'reopen', title: t('work.reopen'), run: () => latest.current.reopen(), now: mayReply && !live },
      ];
      return offered.filter((one) => one.now);
    }, [t, followed, live, mayReply, head.assignee_id, me]),
  );
}
