/** What can be done with a conversation; the answer is shown everywhere at once. */
import { useQueryClient } from '@tanstack/react-query';
import { App } from 'antd';
import { useCallback, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { api, type Conversation, type ConversationItem, Problem, type Transfer } from '@/shared/api';
import { COUNTS } from '@/shared/queries';
import { dayAndTime } from '@/shared/time';

interface Options {
  item: ConversationItem;
  onChanged: (item: ConversationItem) => void;
  /** It is in other hands. */
  onGone: () => void;
}

export function useWork({ item, onChanged, onGone }: Options) {
  const { t } = useTranslation();
  const { message } = App.useApp();
  const queries = useQueryClient();
  const [busy, setBusy] = useState(false);
  const id = item.conversation.id;

  const run = useCallback(
    async (action: () => Promise<Conversation>): Promise<boolean> => {
      setBusy(true);
      try {
        onChanged({ ...item, conversation: await action() });
        void queries.invalidateQueries({ queryKey: COUNTS });
        return true;
      } catch (problem) {
        void message.error(problem instanceof Problem ? problem.message : String(problem));
        return false;
      } finally {
        setBusy(false);
      }
    },
    [item, onChanged, queries, message],
  );

  const take = () => run(() => api.take(id, item.conversation.assignee_id === null));
  const reopen = () => run(() => api.reopen(id));
  const snooze = async (until: Date) => {
    if (!(await run(() => api.snooze(id, until)))) return;
    void message.success(t('work.snoozed', { time: dayAndTime(until.toISOString()) }));
  };
  const transfer = async (to: Transfer, name: string) => {
    if (!(await run(() => api.transfer(id, to)))) return;
    void message.success(t('transfer.done', { name }));
    onGone();
  };
  return { busy, take, reopen, snooze, transfer };
}
