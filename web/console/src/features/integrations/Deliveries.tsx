import { useInfiniteQuery } from '@tanstack/react-query';
import { Button, Empty, Segmented, Skeleton } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { api, type Delivery, type DeliveryState } from '@/shared/api';
import { Failed } from '@/shared/Failed';
import { dayAndTime, wholeMoment } from '@/shared/time';
import styles from './integrations.module.css';
import { useDo, WEBHOOKS } from './useDo';
import { eventName, resultOf } from './words';

const STATES: DeliveryState[] = ['pending', 'delivered', 'failed'];

/** What was sent to a webhook, latest first, and what came of it; looks again while something is on its way. */
export function Deliveries({ webhookId }: { webhookId: string }) {
  const { t } = useTranslation();
  const [state, setState] = useState<DeliveryState | 'all'>('all');
  const log = useInfiniteQuery({
    queryKey: [WEBHOOKS, webhookId, state],
    queryFn: ({ pageParam }) => api.webhookDeliveries(webhookId, state === 'all' ? undefined : state, pageParam),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: (page) => page.next_cursor ?? undefined,
    refetchInterval: ({ state: { data } }) =>
      data?.pages[0]?.items.some((line) => line.state === 'pending') ? 2_000 : false,
  });
  const lines = log.data?.pages.flatMap((page) => page.items);
  return (
    <section aria-label={t('integrations.log')} className={styles.log}>
      <header>
        <h2>{t('integrations.log')}</h2>
        <Segmented<DeliveryState | 'all'>
          size="small"
          value={state}
          onChange={setState}
          aria-label={t('integrations.result')}
          options={(['all', ...STATES] as const).map((value) => ({
            value,
            label: t(value === 'all' ? 'integrations.all' : `integrations.state_${value}`),
          }))}
        />
      </header>
      {log.isPending && <Skeleton active />}
      <Failed query={log} />
      {lines?.length === 0 && <Empty image={Empty.PRESENTED_IMAGE_SIMPLE} description={t('integrations.logEmpty')} />}
      {lines && lines.length > 0 && (
        <ul>
          {lines.map((line) => (
            <Line key={line.id} line={line} />
          ))}
        </ul>
      )}
      {log.hasNextPage && (
        <Button loading={log.isFetchingNextPage} onClick={() => void log.fetchNextPage()}>
          {t('integrations.more')}
        </Button>
      )}
    </section>
  );
}

function Line({ line }: { line: Delivery }) {
  const { t } = useTranslation();
  const { busy, run } = useDo();
  const event = eventName(line.event_type, t);
  const details = [
    line.attempts > 1 && t('integrations.attempts', { count: line.attempts }),
    line.took_ms !== null && t('integrations.took', { ms: line.took_ms }),
    line.next_at && line.attempts > 0 && t('integrations.nextAt', { time: dayAndTime(line.next_at) }),
    line.redelivery_of && t('integrations.redelivery'),
  ].filter(Boolean);
  return (
    <li>
      <time dateTime={line.created_at} title={wholeMoment(line.created_at)}>
        {dayAndTime(line.created_at)}
      </time>
      <span className={styles.event}>
        {event}
        <details>
          <summary>{t('integrations.body')}</summary>
          <pre>{JSON.stringify(JSON.parse(line.body), null, 2)}</pre>
        </details>
      </span>
      <span>
        <span className={`${styles.state} ${styles[line.state]}`}>{t(`integrations.state_${line.state}`)}</span>
        {resultOf(line, t)}
        <small>{details.join(' · ')}</small>
      </span>
      <Button
        size="small"
        loading={busy}
        disabled={line.state === 'pending'}
        aria-label={t('integrations.againFor', { event, time: dayAndTime(line.created_at) })}
        onClick={() => void run(() => api.redeliver(line.id), t('integrations.sentAgain'))}
      >
        {t('integrations.again')}
      </Button>
    </li>
  );
}
