import { useQuery } from '@tanstack/react-query';
import { type ReactNode, useCallback } from 'react';
import { useTranslation } from 'react-i18next';
import '@/i18n/pages/tickets';
import { type Frame, useFrames } from '@/shared/live';
import { useLiveTickets } from '@/shared/liveTickets';
import { Level } from '@/shared/Meaning';
import { useMay } from '@/shared/session';
import { type RelatedTicket, TICKET_KINDS, TICKETS, tickets } from '@/shared/tickets';
import { dayAndTime } from '@/shared/time';
import { Part, Pending } from './Part';
import styles from './profile.module.css';

interface Props {
  conversationId: string;
  onOpen: (id: string) => void;
}

/** Work under way for this customer, and what came of earlier work. */
export function Tickets(props: Props) {
  return useMay('tickets.read') ? <Listed {...props} /> : null;
}

function Listed({ conversationId, onOpen }: Props) {
  const { t } = useTranslation();
  const asked = useQuery({
    queryKey: [TICKETS, 'conversation', conversationId],
    queryFn: () => tickets.ofConversation(conversationId),
  });
  const { refetch } = asked;
  useLiveTickets();
  // of other departments' tickets only the thread tells
  useFrames(
    useCallback(
      (frame: Frame) => {
        const told = frame.type === 'activity' && frame.author_kind !== 'customer';
        if (told && frame.conversation_id === conversationId) void refetch();
      },
      [conversationId, refetch],
    ),
  );
  const items = asked.data ?? [];
  return (
    <Part id="tickets" title={t('tickets.title')} extra={<small>{items.length || ''}</small>}>
      <Pending of={asked} />
      {asked.data && items.length === 0 && <p className={styles.soft}>{t('tickets.noneOfCustomer')}</p>}
      {items.map((ticket) => (
        <Ticket key={ticket.id} ticket={ticket} onOpen={onOpen} />
      ))}
    </Part>
  );
}

/** Opens, unless it is another department's affair: of that one is told how far it is. */
function Card({ ticket, onOpen, children }: { ticket: RelatedTicket; onOpen: Props['onOpen']; children: ReactNode }) {
  const { t } = useTranslation();
  if (!ticket.readable)
    return (
      <div className={styles.past} title={t('tickets.elsewhere')}>
        {children}
      </div>
    );
  return (
    <button type="button" className={styles.past} onClick={() => onOpen(ticket.id)}>
      {children}
    </button>
  );
}

function Ticket({ ticket, onOpen }: { ticket: RelatedTicket; onOpen: (id: string) => void }) {
  const { t } = useTranslation();
  const kinds = useQuery({ queryKey: TICKET_KINDS, queryFn: tickets.kinds });
  const kind = kinds.data?.find(({ id }) => id === ticket.kind_id);
  return (
    <Card ticket={ticket} onOpen={onOpen}>
      <span className={styles.spread}>
        <span className={styles.topic}>
          {ticket.number} <Level level={ticket.level} />
        </span>
        <small>{kind?.states.find(({ code }) => code === ticket.state)?.name}</small>
      </span>
      <span className={styles.items}>{ticket.title}</span>
      <span className={styles.spread}>
        <small>{[kind?.name, ticket.owner_name].filter(Boolean).join(' · ')}</small>
        {ticket.due_at && <small>{t('tickets.dueAt', { time: dayAndTime(ticket.due_at) })}</small>}
      </span>
    </Card>
  );
}
