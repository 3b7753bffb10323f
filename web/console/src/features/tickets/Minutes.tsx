import { useQuery } from '@tanstack/react-query';
import { Skeleton } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { Again } from '@/shared/Again';
import { type MeetingHead, TICKETS, tickets } from '@/shared/tickets';
import styles from './meeting.module.css';

/** What earlier meetings decided. */
export function Minutes() {
  const { t } = useTranslation();
  const kept = useQuery({ queryKey: [TICKETS, 'meetings'], queryFn: () => tickets.meetings() });
  return (
    <section className={styles.past} aria-label={t('tickets.pastMinutes')}>
      <h2>{t('tickets.pastMinutes')}</h2>
      {kept.isPending && <Skeleton active title={false} paragraph={{ rows: 3 }} />}
      {kept.isError && (
        <p role="alert">
          {kept.error.message} <Again query={kept} />
        </p>
      )}
      {kept.data?.items.length === 0 && <p className={styles.soft}>{t('tickets.noMinutes')}</p>}
      <ul>
        {kept.data?.items.map((head) => (
          <li key={head.id}>
            <Meeting head={head} />
          </li>
        ))}
      </ul>
    </section>
  );
}

function Meeting({ head }: { head: MeetingHead }) {
  const { t } = useTranslation();
  const [open, setOpen] = useState(false);
  return (
    <>
      <button type="button" className={styles.meeting} aria-expanded={open} onClick={() => setOpen(!open)}>
        <b>{head.title}</b>
        <small>
          {head.held_on} · {head.written_by_name} · {t('tickets.decisions', { count: head.decisions })}
        </small>
      </button>
      {open && <Opened id={head.id} />}
    </>
  );
}

function Opened({ id }: { id: string }) {
  const { t } = useTranslation();
  const meeting = useQuery({ queryKey: [TICKETS, 'meetings', id], queryFn: () => tickets.meeting(id) });
  if (meeting.isPending) return <Skeleton active title={false} paragraph={{ rows: 2 }} />;
  if (meeting.isError) return <p role="alert">{meeting.error.message}</p>;
  const { attendees, notes, decisions } = meeting.data;
  return (
    <div className={styles.opened}>
      {attendees.length > 0 && (
        <small>
          {t('tickets.attendees')}：{attendees.map(({ name }) => name).join('、')}
        </small>
      )}
      {notes && <p>{notes}</p>}
      <ul>
        {decisions.map(({ ticket, text }) => (
          <li key={`${ticket.id} ${text}`}>
            <Link to={`/tickets/${ticket.id}`}>{ticket.number}</Link> {text}
          </li>
        ))}
      </ul>
    </div>
  );
}
