import { useInfiniteQuery } from '@tanstack/react-query';
import { Button, Empty, Input, Segmented, Select, Skeleton } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { Failed } from '@/shared/Failed';
import { dayAndTime, wholeMoment } from '@/shared/time';
import { type LogFilter, OUTREACH, outreach, type ParcelFinding, type Trouble } from './api';
import { percent, TROUBLES } from './figures';
import styles from './outreach.module.css';

type Which = 'all' | 'onlyTold' | 'onlyOpen' | 'onlyClosed';

/** Every finding with its reason, what the customer was told, and how it ended; latest first. `demo`: invented shops. */
export function Log({ demo }: { demo: string[] }) {
  const { t } = useTranslation();
  const [which, setWhich] = useState<Which>('all');
  const [rule, setRule] = useState<Trouble>();
  const [number, setNumber] = useState('');
  const filter: LogFilter = {
    rule,
    number: number || undefined,
    open: which === 'onlyOpen' || which === 'onlyClosed' ? which === 'onlyOpen' : undefined,
    told: which === 'onlyTold' || undefined,
  };
  const log = useInfiniteQuery({
    queryKey: [OUTREACH, 'findings', filter],
    queryFn: ({ pageParam }) => outreach.findings(filter, pageParam),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: (page) => page.next_cursor ?? undefined,
    refetchInterval: 30_000,
  });
  const lines = log.data?.pages.flatMap((page) => page.items);
  const filtered = which !== 'all' || rule !== undefined || number !== '';
  return (
    <section className={styles.part} aria-label={t('outreach.log')}>
      <div className={styles.tools}>
        <Segmented<Which>
          size="small"
          value={which}
          onChange={setWhich}
          aria-label={t('outreach.log')}
          options={(['all', 'onlyTold', 'onlyOpen', 'onlyClosed'] as const).map((value) => ({
            value,
            label: t(`outreach.${value}`),
          }))}
        />
        <Select<Trouble>
          allowClear
          size="small"
          value={rule}
          onChange={setRule}
          placeholder={t('outreach.rule')}
          aria-label={t('outreach.rule')}
          className={styles.choice}
          options={TROUBLES.map((value) => ({ value, label: t(`outreach.trouble_${value}`) }))}
        />
        <Input.Search
          allowClear
          size="small"
          maxLength={64}
          onSearch={(value) => setNumber(value.trim())}
          placeholder={t('outreach.number')}
          aria-label={t('outreach.number')}
          className={styles.search}
        />
      </div>
      {log.isPending && <Skeleton active paragraph={{ rows: 6 }} />}
      <Failed query={log} />
      {lines?.length === 0 && (
        <Empty
          image={Empty.PRESENTED_IMAGE_SIMPLE}
          description={t(filtered ? 'outreach.emptyFilter' : 'outreach.empty')}
        />
      )}
      {lines && lines.length > 0 && (
        <ul className={styles.log}>
          {lines.map((line) => (
            <Line key={line.id} line={line} demo={demo.includes(line.shop)} />
          ))}
        </ul>
      )}
      {log.hasNextPage && (
        <Button loading={log.isFetchingNextPage} onClick={() => void log.fetchNextPage()}>
          {t('outreach.more')}
        </Button>
      )}
    </section>
  );
}

function Line({ line, demo }: { line: ParcelFinding; demo: boolean }) {
  const { t } = useTranslation();
  const { evidence } = line;
  return (
    <li>
      <div className={styles.what}>
        <span className={`${styles.trouble} ${styles[line.rule]}`}>{t(`outreach.trouble_${line.rule}`)}</span>
        <time dateTime={line.found_at} title={wholeMoment(line.found_at)}>
          {dayAndTime(line.found_at)} {t('outreach.found')}
        </time>
        {demo && <small>{t('outreach.demo')}</small>}
      </div>
      <div>
        <b>
          {evidence.carrier} {line.tracking_no}
        </b>{' '}
        <small>{line.order_no}</small>
        <p>
          {t('outreach.why', {
            moved: dayAndTime(evidence.moved_at),
            place: evidence.place,
            promised: dayAndTime(evidence.promised_until),
          })}
          {typeof evidence.chance === 'number' && t('outreach.chance', { percent: percent(evidence.chance) })}
        </p>
        {line.told_text && (
          <details>
            <summary>{t('outreach.said')}</summary>
            <blockquote>{line.told_text}</blockquote>
            {line.closing_text && <blockquote>{line.closing_text}</blockquote>}
          </details>
        )}
      </div>
      <div className={styles.became}>
        <Became line={line} />
        <span className={styles.links}>
          {line.ticket_id && (
            <Link to={`/tickets/${line.ticket_id}`}>{t('outreach.ticket', { number: line.ticket_no ?? '' })}</Link>
          )}
          {line.conversation_id && <Link to={`/inbox/${line.conversation_id}`}>{t('outreach.conversation')}</Link>}
        </span>
      </div>
    </li>
  );
}

function Became({ line }: { line: ParcelFinding }) {
  const { t } = useTranslation();
  const steps = [
    line.told_at && t('outreach.toldAt', { time: dayAndTime(line.told_at) }),
    line.noted_at && t('outreach.notedAt', { time: dayAndTime(line.noted_at) }),
    line.follow_ups ? t('outreach.followed', { count: line.follow_ups }) : null,
    line.told_at && line.closing_at && t('outreach.newsAt', { time: dayAndTime(line.closing_at) }),
  ].filter(Boolean);
  const held = !line.closed_at && line.held && line.held !== 'person' ? line.held : null;
  return (
    <>
      <span className={styles.marks}>
        {line.outcome && <span className={styles.outcome}>{t(`outreach.outcome_${line.outcome}`)}</span>}
        {line.told_at && (
          <span className={styles[line.truth ?? 'unknown']}>
            {line.truth ? t(`outreach.truth_${line.truth}`) : t('outreach.waitingTruth')}
          </span>
        )}
      </span>
      {steps.length > 0 && <span>{steps.join(' · ')}</span>}
      {held && (
        <span className={styles.soft}>
          {t('outreach.notTold', { why: t(`outreach.held_${held}`) })}
          {line.held_until && ` · ${t('outreach.until', { time: dayAndTime(line.held_until) })}`}
        </span>
      )}
    </>
  );
}
