import { useTranslation } from 'react-i18next';
import type { RelatedTicket } from '@/shared/tickets';
import styles from './detail.module.css';
import { StateTag } from './StateTag';
import { useKnown } from './useKnown';

/** Another ticket in a line; of one that may not be seen only where it is and how far. */
export function Related({ ticket, onOpen }: { ticket: RelatedTicket; onOpen: (id: string) => void }) {
  const { t } = useTranslation();
  const { department } = useKnown();
  const seen = ticket.title !== null;
  return (
    <span className={styles.relatedLine}>
      <StateTag card={ticket} />
      {seen ? (
        <button type="button" title={ticket.title ?? undefined} onClick={() => onOpen(ticket.id)}>
          <small>{ticket.number}</small> {ticket.title}
        </button>
      ) : (
        <span>
          <small>{ticket.number}</small> {t('tickets.notYours')}
        </span>
      )}
      <small>
        {department(ticket.department_id)}
        {ticket.owner_name && ` · ${ticket.owner_name}`}
      </small>
    </span>
  );
}
