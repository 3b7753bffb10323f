import { LeftOutlined, RightOutlined } from '@ant-design/icons';
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { Alert, Button, Skeleton } from 'antd';
import { useDeferredValue, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { api, type Day } from '@/shared/api';
import styles from './levels.module.css';
import { type Draft, isAllDay, isWhole, offset, periodText, shifted } from './times';

const DAYS = [0, 1, 2, 3, 4, 5, 6] as const;

/** What a calendar makes of a month, as it stands in the form. */
export function Month({ draft }: { draft: Draft }) {
  const { t } = useTranslation();
  const today = new Date();
  const [shown, setShown] = useState({ year: today.getFullYear(), month: today.getMonth() + 1 });
  const body = useDeferredValue({ ...draft, name: draft.name.trim() || '-' });
  const month = useQuery({
    queryKey: ['service-month', shown, body.weekly, body.exceptions, body.public_holidays, body.time_zone],
    queryFn: () => api.month(shown.year, shown.month, body),
    enabled: isWhole(body),
    placeholderData: keepPreviousData,
  });
  const turn = (by: number) => setShown(shifted(shown, by));
  return (
    <section className={styles.month} aria-label={t('levels.preview')}>
      <header>
        <h3>{t('levels.preview')}</h3>
        <Button
          type="text"
          icon={<LeftOutlined aria-hidden />}
          aria-label={t('levels.previous')}
          onClick={() => turn(-1)}
        />
        <span aria-live="polite">{t('levels.month', shown)}</span>
        <Button
          type="text"
          icon={<RightOutlined aria-hidden />}
          aria-label={t('levels.next')}
          onClick={() => turn(1)}
        />
      </header>
      {month.isPending && month.isFetching && <Skeleton active paragraph={{ rows: 6 }} />}
      {month.error && <p role="alert">{month.error.message}</p>}
      {month.data && draft.public_holidays && !month.data.announced && (
        <Alert type="warning" title={t('levels.unannounced', { year: shown.year })} showIcon />
      )}
      {month.data && (
        <>
          <div className={styles.days} aria-hidden>
            {DAYS.map((day) => (
              <small key={day}>{t(`levels.day_${day}`)}</small>
            ))}
          </div>
          <ol className={styles.days}>
            {month.data.days.map((day, index) => (
              <Cell key={day.date} day={day} column={index === 0 ? offset(month.data.days) + 1 : undefined} />
            ))}
          </ol>
        </>
      )}
    </section>
  );
}

function Cell({ day, column }: { day: Day; column: number | undefined }) {
  const { t } = useTranslation();
  const { kind, name, periods } = day;
  return (
    <li
      className={styles.day}
      data-kind={kind}
      data-worked={periods.length > 0}
      style={column ? { gridColumnStart: column } : undefined}
    >
      <span>
        <time dateTime={day.date}>{Number(day.date.slice(8))}</time>
        {kind !== 'ordinary' && <b>{t(`levels.kind_${kind}`)}</b>}
      </span>
      {name && <small title={name}>{name}</small>}
      {periods.length === 0 && !name && <small>{t('levels.rest')}</small>}
      {isAllDay(periods) ? (
        <small>{t('levels.allDay')}</small>
      ) : (
        periods.map((period) => <small key={period.opens}>{periodText(period)}</small>)
      )}
    </li>
  );
}
