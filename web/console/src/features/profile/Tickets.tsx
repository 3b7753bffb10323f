import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import '@/i18n/pages/tickets';
import { useLiveTickets } from '@/shared/liveTickets';
import { Level } from '@/shared/Meaning';
import { useMay } from '@/shared/session';
import { TICKET_KINDS, TICKETS, tickets } from '@/shared/tickets';
import { dayAndTime } from '@/shared/time';
import { Part, Pending } from './Part';
import styles from './profile.module.css';

interface Props {
  customerId: string;
  onOpen: (id: string) => void;
}

/** Work under way for this customer, and what came of earlier work. */
export function Tickets(props: Props) {
  return useMay('tickets.read') ? <Listed {...props} /> : null;
}

function Listed({ customerId, onOpen }: Props) {
  const { t } = useTranslation();
  const asked = useQuery({
    queryKey: [TICKETS, 'customer', customerId],
    queryFn: () => tickets.list({ customer_id: customerId, sort: 'updated', limit: 20 }),
  });
  const kinds = useQuery({ queryKey: TICKET_KINDS, queryFn: tickets.kinds });
  useLiveTickets();
  const items = asked.data?.items ?? [];
  const stateOf = ({ kind_id, state }: (typeof items)[number]) =>
    kinds.data?.find(({ id }) => id === kind_id)?.states.find(({ code }) => code === state)?.name ?? '';
  return (
    <Part id="tickets" title={t('tickets.title')} extra={<small>{items.length || ''}</small>}>
      <Pending of={asked} />
      {asked.data && items.length === 0 && <p className={styles.soft}>{t('tickets.noneOfCustomer')}</p>}
      {items.map((ticket) => (
        <button key={ticket.id} type="button" className={styles.past} onClick={() => onOpen(ticket.id)}>
          <span className={styles.spread}>
            <span className={styles.topic}>
              {ticket.number} <Level level={ticket.level} />
            </span>
            <small data-category={ticket.category}>{stateOf(ticket)}</small>
          </span>
          <span className={styles.items}>{ticket.title}</span>
          <span className={styles.spread}>
            <small>{dayAndTime(ticket.updated_at)}</small>
            <small>{ticket.owner_name}</small>
          </span>
        </button>
      ))}
    </Part>
  );
}
