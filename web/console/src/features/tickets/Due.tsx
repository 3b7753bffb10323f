import { useTranslation } from 'react-i18next';
import { useMinute } from '@/shared/clock';
import { dayAndTime } from '@/shared/time';
import { spanOf, urgencyOf } from './due';
import styles from './tickets.module.css';

/** How long a ticket has, or by how much it is late; nothing is counted for one that is done. */
export function Due({ due, done, long = false }: { due: string | null | undefined; done: boolean; long?: boolean }) {
  const { t } = useTranslation();
  const now = useMinute();
  if (!due) return long ? <span className={styles.soft}>{t('tickets.noDue')}</span> : null;
  if (done) return long ? <span className={styles.soft}>{t('tickets.dueAt', { time: dayAndTime(due) })}</span> : null;
  const end = Date.parse(due);
  const urgency = urgencyOf(end, now);
  const { unit, count } = spanOf(Math.abs(end - now));
  const time = t(`tickets.span_${unit}`, { count });
  return (
    <span className={styles.due} data-urgency={urgency} title={t('tickets.dueAt', { time: dayAndTime(due) })}>
      {t(urgency === 'late' ? 'tickets.overdue' : 'tickets.dueIn', { time })}
    </span>
  );
}
