/** How a conversation or a ticket went up, asked for again when its thread or its socket says that something happened. */
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { App } from 'antd';
import { useEffect } from 'react';
import { useTranslation } from 'react-i18next';
import { ESCALATIONS, escalations, type ItemKind } from '@/shared/escalations';
import { type Frame, live } from '@/shared/live';
import { throttled } from '@/shared/throttle';

const AT_MOST_EVERY = 500;

const keyOf = (id: string) => [ESCALATIONS, id];

/** Steps are written into the thread; who takes the conversation over has confirmed by that. */
function concerns(frame: Frame, id: string): boolean {
  switch (frame.type) {
    case 'ready':
    case 'resync':
      return true;
    case 'message':
      return frame.conversation_id === id && frame.message.content.type === 'system';
    case 'conversation':
      return frame.conversation.conversation_id === id;
    case 'ticket':
      return frame.ticket.id === id;
    default:
      return false;
  }
}

export function useEscalations(id: string, kind: ItemKind = 'conversation') {
  const queries = useQueryClient();
  useEffect(() => {
    const again = throttled(() => void queries.invalidateQueries({ queryKey: keyOf(id) }), AT_MOST_EVERY);
    const deaf = live.listen((frame) => {
      if (concerns(frame, id)) again.run();
    });
    return () => {
      deaf();
      again.stop();
    };
  }, [queries, id]);
  return useQuery({
    queryKey: keyOf(id),
    queryFn: () => (kind === 'ticket' ? escalations.ofTicket(id) : escalations.of(id)),
    staleTime: 0,
  });
}

/** Say that one has it in hand. */
export function useConfirm() {
  const { t } = useTranslation();
  const { message } = App.useApp();
  const queries = useQueryClient();
  return useMutation({
    mutationFn: escalations.confirm,
    onSuccess: () => void message.success(t('escalation.taken')),
    onError: (problem) => void message.error(problem.message),
    onSettled: () => queries.invalidateQueries({ queryKey: [ESCALATIONS] }),
  });
}
