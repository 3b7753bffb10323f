import '@/i18n/pages/articles';
import { useMutation, useQuery } from '@tanstack/react-query';
import { Alert, Empty, Input, Segmented, Skeleton } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import type { KnowledgeBoard } from '@/client/types.gen';
import { ARTICLES, articles } from '@/shared/articles';
import { Failed } from '@/shared/Failed';
import styles from './articles.module.css';

const PERIODS = [7, 30, 90];
const MODES = ['fused', 'lexical', 'vector'] as const;

const percent = (share: number) => `${Math.round(share * 100)}%`;

/** How old the articles are, how much they answer, what is missing; and what a question would find. */
export default function OverviewPage() {
  const { t } = useTranslation();
  const [days, setDays] = useState(7);
  const board = useQuery({ queryKey: [ARTICLES, 'board', days], queryFn: () => articles.board(days) });
  return (
    <main className={styles.overview}>
      <Segmented
        value={days}
        onChange={setDays}
        aria-label={t('article.board')}
        options={PERIODS.map((value) => ({ value, label: t('article.days', { count: value }) }))}
      />
      {board.isPending && <Skeleton active paragraph={{ rows: 5 }} />}
      <Failed query={board} />
      {board.data && <Figures board={board.data} />}
      <TryOut />
    </main>
  );
}

function Figures({ board }: { board: KnowledgeBoard }) {
  const { t } = useTranslation();
  const age = board.median_age_days;
  const figures: [string, string | number, string?][] = [
    [t('article.live'), board.live, '/knowledge/articles?state=live'],
    [t('article.inReview'), board.review, '/knowledge/articles?state=review'],
    [t('article.drafts'), board.draft, '/knowledge/articles?state=draft'],
    [t('article.overdue'), board.overdue, '/knowledge/articles?due=true'],
    [t('article.expired'), board.expired],
    [t('article.age'), age === null ? '—' : t('article.ageDays', { count: Math.round(age) })],
    [t('article.encoded'), `${board.encoded} / ${board.live}`],
    [t('article.coverage'), board.coverage === null ? '—' : percent(board.coverage)],
  ];
  return (
    <>
      <dl className={styles.figures}>
        {figures.map(([name, value, to]) => (
          <div key={name}>
            <dt>{name}</dt>
            <dd>{to ? <Link to={to}>{value}</Link> : value}</dd>
          </div>
        ))}
      </dl>
      <small>{board.coverage === null ? t('article.noQuestions') : t('article.coverageHint')}</small>
      {board.days.length > 0 && <Days board={board} />}
      {board.most_used.length > 0 && (
        <section>
          <h3>{t('article.used')}</h3>
          <ol className={styles.used}>
            {board.most_used.map((one) => (
              <li key={one.id}>
                <Link to={`/knowledge/articles/${one.id}`}>{one.title}</Link>
                <small>
                  {t('article.times', { count: one.answered })} ·{' '}
                  {t('article.useful', { useful: one.useful, useless: one.useless })}
                </small>
              </li>
            ))}
          </ol>
        </section>
      )}
    </>
  );
}

function Days({ board }: { board: KnowledgeBoard }) {
  const { t } = useTranslation();
  return (
    <table className={styles.days}>
      <thead>
        <tr>
          <th />
          <th>{t('article.answered')}</th>
          <th>{t('article.offered')}</th>
          <th>{t('article.missed')}</th>
        </tr>
      </thead>
      <tbody>
        {board.days.map(({ day, answered, offered, missed }) => (
          <tr key={day}>
            <th scope="row">{day}</th>
            <td>{answered}</td>
            <td>{offered}</td>
            <td>{missed}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

function TryOut() {
  const { t } = useTranslation();
  const [text, setText] = useState('');
  const [mode, setMode] = useState<(typeof MODES)[number]>('fused');
  const search = useMutation({ mutationFn: articles.search });
  const run = (value: string) => value.trim() && search.mutate({ text: value.trim(), mode });
  return (
    <section className={styles.tryOut} aria-label={t('article.tryOut')}>
      <h3>{t('article.tryOut')}</h3>
      <p>{t('article.tryHint')}</p>
      <div className={styles.tools}>
        <Input.Search
          value={text}
          maxLength={500}
          onChange={(event) => setText(event.target.value)}
          onSearch={run}
          loading={search.isPending}
          aria-label={t('article.tryHint')}
          enterButton
        />
        <Segmented
          value={mode}
          onChange={setMode}
          options={MODES.map((value) => ({ value, label: t(`article.mode_${value}`) }))}
        />
      </div>
      {search.isError && <Alert type="error" showIcon title={search.error.message} />}
      {search.data?.hits.length === 0 && (
        <Empty image={Empty.PRESENTED_IMAGE_SIMPLE} description={t('article.nothing')} />
      )}
      <ol className={styles.hits}>
        {search.data?.hits.map((hit) => (
          <li key={hit.article_id}>
            <Link to={`/knowledge/articles/${hit.article_id}`}>{hit.title}</Link>
            <small>
              {t('article.confidence', { percent: percent(hit.confidence) })} · {t(`article.tier_${hit.tier}`)} ·{' '}
              {t('article.version', { number: hit.version })}
            </small>
            <p>{hit.passage}</p>
          </li>
        ))}
      </ol>
      {search.data && <small>{t('article.took', { ms: search.data.milliseconds.toFixed(1) })}</small>}
    </section>
  );
}
