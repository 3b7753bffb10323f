/** What is put on a conversation or done with it beside answering; shown everywhere at once, taken back if it failed. */
import { useQueryClient } from '@tanstack/react-query';
import { App } from 'antd';
import { useCallback } from 'react';
import { useTranslation } from 'react-i18next';
import { api, type ConversationItem, type Label, Problem } from '@/shared/api';
import { COUNTS, FOLLOWED } from '@/shared/queries';

interface Options {
  item: ConversationItem;
  onChanged: (item: ConversationItem) => void;
  onMoved: (id: string) => void;
  /** It is out of sight: go on with the next one. */
  onGone: () => void;
}

export function useMarks({ item, onChanged, onMoved, onGone }: Options) {
  const { t } = useTranslation();
  const { message } = App.useApp();
  const queries = useQueryClient();
  const id = item.conversation.id;

  const attempt = useCallback(
    async <T>(action: () => Promise<T>): Promise<T | null> => {
      try {
        return await action();
      } catch (problem) {
        void message.error(problem instanceof Problem ? problem.message : String(problem));
        return null;
      }
    },
    [message],
  );
  /** Show it as it will be, and as it was if that comes to nothing. */
  const change = async (changes: Partial<ConversationItem>, action: () => Promise<unknown>) => {
    onChanged({ ...item, ...changes });
    const done = await attempt(async () => {
      await action();
      return true;
    });
    if (!done) onChanged(item);
  };

  const toggleLabel = (label: Label, on: boolean) => {
    const others = item.labels.filter((one) => one.id !== label.id);
    void change({ labels: on ? [...others, label] : others }, () =>
      on ? api.addLabel(id, label.id) : api.removeLabel(id, label.id),
    );
  };
  const toggleFollow = () =>
    void change({ followed: !item.followed }, async () => {
      await (item.followed ? api.unfollow(id) : api.follow(id));
      void queries.invalidateQueries({ queryKey: FOLLOWED });
    });
  const markSpam = async () => {
    const conversation = await attempt(() => api.markSpam(id));
    if (!conversation) return;
    onChanged({ ...item, conversation });
    void queries.invalidateQueries({ queryKey: COUNTS });
    void message.success(t('marks.isSpam'));
    onGone();
  };
  const clearSpam = async () => {
    const conversation = await attempt(() => api.clearSpam(id));
    if (!conversation) return;
    onChanged({ ...item, conversation });
    void queries.invalidateQueries({ queryKey: COUNTS });
  };
  const merge = async (otherId: string) => {
    const whole = await attempt(() => api.merge(id, otherId));
    if (!whole) return;
    onChanged(whole);
    void message.success(t('merge.done'));
    if (whole.conversation.id !== id) onMoved(whole.conversation.id);
  };
  return { toggleLabel, toggleFollow, markSpam, clearSpam, merge };
}
