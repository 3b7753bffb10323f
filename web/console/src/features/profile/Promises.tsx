import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { api } from '@/shared/api';
import { PROMISES } from '@/shared/queries';
import { dayAndTime } from '@/shared/time';
import { Part, Pending } from './Part';
import styles from './profile.module.css';

/** What was promised this customer and is still to be done. */
export function Promises({ customerId }: { customerId: string }) {
  const { t } = useTranslation();
  const asked = useQuery({
    queryKey: [PROMISES, 'customer', customerId],
    queryFn: () => api.promises({ customer_id: customerId, state: 'open' }),
  });
  if (asked.isPending) return null;
  const items = asked.data?.items ?? [];
  return (
    <Part id="promises" title={t('profile.promises')} extra={<small>{items.length || ''}</small>}>
      <Pending of={asked} />
      {asked.data && items.length === 0 && <p className={styles.soft}>{t('profile.noPromises')}</p>}
      <ul className={styles.notes}>
        {items.map((promise) => (
          <li key={promise.id}>
            <p>{promise.text}</p>
            <small data-late={isLate(promise.due_at)}>
              {promise.due_at &&
                t(isLate(promise.due_at) ? 'profile.overdue' : 'profile.due', { time: dayAndTime(promise.due_at) })}
              {promise.owner_name && ` · ${promise.owner_name}`}
            </small>
          </li>
        ))}
      </ul>
    </Part>
  );
}

const isLate = (due: string | null | undefined) => Boolean(due && Date.parse(due) < Date.now());
