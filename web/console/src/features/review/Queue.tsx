import { useQuery, useQueryClient } from '@tanstack/react-query';
import { App, Button, Empty, Select, Skeleton } from 'antd';
import { useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { api, type ReviewItem } from '@/shared/api';
import { Failed } from '@/shared/Failed';
import { INTENTS, intentName } from '@/shared/intents';
import { usePreferences } from '@/shared/preferences';
import { dayAndTime } from '@/shared/time';
import { percent } from './figures';
import styles from './review.module.css';

const PERIODS = [7, 30, 90];
const FOREIGN = 0.5;

/** Doubtful messages, the most instructive first; what is judged leaves the list at once. */
export function Queue() {
  const { t } = useTranslation();
  const [days, setDays] = useState(7);
  const queries = useQueryClient();
  const { message } = App.useApp();
  const queryKey = ['review', 'queue', days];
  const queue = useQuery({ queryKey, queryFn: () => api.reviewQueue(days) });

  const judge = async ({ conversation_id, seq }: ReviewItem, intent: string) => {
    try {
      await api.correct({ conversation_id, seq, intent });
      queries.setQueryData<ReviewItem[]>(queryKey, (items) =>
        items?.filter((item) => item.conversation_id !== conversation_id || item.seq !== seq),
      );
      void message.success(t('review.corrected'));
    } catch (problem) {
      void message.error(problem instanceof Error ? problem.message : String(problem));
    }
  };

  return (
    <>
      <div className={styles.tools}>
        <p className={styles.soft}>{t('review.hint')}</p>
        <Select
          value={days}
          onChange={setDays}
          aria-label={t('review.period')}
          options={PERIODS.map((value) => ({ value, label: t('review.days', { count: value }) }))}
        />
      </div>
      {queue.isPending && <Skeleton active paragraph={{ rows: 8 }} />}
      <Failed query={queue} />
      {queue.data?.length === 0 && <Empty image={Empty.PRESENTED_IMAGE_SIMPLE} description={t('review.empty')} />}
      <ul className={styles.list} aria-label={t('review.queue')}>
        {queue.data?.map((item) => (
          <Item key={`${item.conversation_id}/${item.seq}`} item={item} onJudge={(intent) => judge(item, intent)} />
        ))}
      </ul>
    </>
  );
}

function Item({ item, onJudge }: { item: ReviewItem; onJudge: (intent: string) => Promise<void> }) {
  const { t } = useTranslation();
  const { locale } = usePreferences();
  const [busy, setBusy] = useState(false);
  const options = useMemo(
    () => INTENTS.map(({ code }) => ({ value: code, label: intentName(code, locale), code })),
    [locale],
  );
  const [best] = item.intents;
  if (!best) return null;
  const judge = async (intent: string) => {
    setBusy(true);
    await onJudge(intent);
    setBusy(false);
  };
  return (
    <li className={styles.item}>
      <div className={styles.said}>
        <p>{item.text}</p>
        <small>
          {dayAndTime(item.at)}
          {item.times > 1 && ` · ${t('review.times', { count: item.times })}`}
          {item.out_of_scope >= FOREIGN && ` · ${t('review.foreign')}`} ·{' '}
          <Link to={`/inbox/${item.conversation_id}`}>{t('review.open')}</Link>
        </small>
      </div>
      <div className={styles.guess}>
        <small>{t('review.readAs')}</small>
        <span>
          {intentName(best.name, locale)} <small>{percent(best.confidence)}</small>
        </span>
      </div>
      <Button
        disabled={busy}
        onClick={() => void judge(best.name)}
        aria-label={t('review.confirmFor', { text: item.text })}
      >
        {t('review.right')}
      </Button>
      <Select
        disabled={busy}
        value={null}
        placeholder={t('review.correctTo')}
        aria-label={t('review.correctFor', { text: item.text })}
        options={options}
        showSearch={{ filterOption: (typed, option) => `${option?.label} ${option?.code}`.includes(typed) }}
        onChange={(intent: string | null) => intent && void judge(intent)}
      />
    </li>
  );
}
