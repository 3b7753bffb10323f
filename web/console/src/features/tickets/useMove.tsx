/** Moving a ticket on the board: it goes there at once, and back where the server refuses. */
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { App } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Problem } from '@/shared/api';
import { TICKETS, type TicketBoard, type TicketCard, type TicketState, tickets } from '@/shared/tickets';
import { cardOn, relocated } from './board';
import type { Wanted } from './filters';
import { MoveDialog } from './MoveDialog';
import { boardKey } from './useTickets';

interface Asked {
  card: TicketCard;
  to: TicketState;
}

export function useMove(wanted: Wanted) {
  const { t } = useTranslation();
  const { message } = App.useApp();
  const queries = useQueryClient();
  const [asked, setAsked] = useState<Asked | null>(null);
  const key = boardKey(wanted);
  const mutation = useMutation({
    mutationFn: ({ card, to, why }: Asked & { why: string }) => {
      const { version } = cardOn(queries.getQueryData(key), card.id) ?? card; // it may have been moved a moment ago
      return tickets.change(card.id, { version, state: to.code, reason: why || null });
    },
    onMutate: async ({ card, to }) => {
      await queries.cancelQueries({ queryKey: key });
      const before = queries.getQueryData<TicketBoard>(key);
      if (before) queries.setQueryData(key, relocated(before, card.id, { state: to.code, category: to.category }));
      return before;
    },
    onSuccess: ({ ticket }, { to }) => {
      queries.setQueryData<TicketBoard>(key, (board) => board && relocated(board, ticket.id, ticket));
      void message.success(t('tickets.moved', { number: ticket.number, state: to.name }));
    },
    onError: (problem, _, before) => {
      if (before) queries.setQueryData(key, before);
      const outdated = problem instanceof Problem && problem.code === 'ticket_outdated';
      void message.error(outdated ? t('tickets.conflict') : problem.message);
    },
    onSettled: () => queries.invalidateQueries({ queryKey: [TICKETS] }),
  });
  /** What the customer will be told is asked about first. */
  const move = (card: TicketCard, to: TicketState) => {
    if (to.customer_text && card.customer_id) setAsked({ card, to });
    else mutation.mutate({ card, to, why: '' });
  };
  const dialog = asked && (
    <MoveDialog
      number={asked.card.number}
      to={asked.to}
      onClose={() => setAsked(null)}
      onConfirm={(why) => {
        mutation.mutate({ ...asked, why });
        setAsked(null);
      }}
    />
  );
  return { move, dialog };
}
