import '@/i18n/pages/articles';
import { useInfiniteQuery, useMutation, useQueryClient } from '@tanstack/react-query';
import { App, Button, Empty, Segmented, Skeleton } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link, useNavigate } from 'react-router';
import type { Proposal, ProposalKind } from '@/client/types.gen';
import { ARTICLES, articles } from '@/shared/articles';
import { Failed } from '@/shared/Failed';
import { useMay } from '@/shared/session';
import { dayAndTime } from '@/shared/time';
import styles from './articles.module.css';

const KINDS: ProposalKind[] = ['miss', 'low_rating', 'correction', 'topic'];
const KEY = [ARTICLES, 'proposals'];

/** What customers asked in vain and what colleagues know better: each becomes an article, or is dismissed. */
export default function ProposalsPage() {
  const { t } = useTranslation();
  const [kind, setKind] = useState<ProposalKind | 'any'>('any');
  const found = useInfiniteQuery({
    queryKey: [...KEY, kind],
    queryFn: ({ pageParam }) => articles.proposals({ kind: kind === 'any' ? undefined : kind, cursor: pageParam }),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: ({ next_cursor }) => next_cursor ?? undefined,
  });
  const items = found.data?.pages.flatMap((page) => page.items) ?? [];
  return (
    <main className={styles.queue}>
      <Segmented
        value={kind}
        onChange={setKind}
        aria-label={t('article.kind')}
        options={(['any', ...KINDS] as const).map((value) => ({ value, label: t(`article.kind_${value}`) }))}
      />
      {found.isPending && <Skeleton active paragraph={{ rows: 6 }} />}
      <Failed query={found} />
      {found.data && items.length === 0 && (
        <Empty image={Empty.PRESENTED_IMAGE_SIMPLE} description={t('article.proposalsEmpty')} />
      )}
      <ul>
        {items.map((one) => (
          <Line key={one.id} proposal={one} />
        ))}
      </ul>
      {found.hasNextPage && (
        <Button loading={found.isFetchingNextPage} onClick={() => void found.fetchNextPage()}>
          {t('article.more')}
        </Button>
      )}
    </main>
  );
}

function Line({ proposal }: { proposal: Proposal }) {
  const { t } = useTranslation();
  const { message } = App.useApp();
  const navigate = useNavigate();
  const queries = useQueryClient();
  const mayEdit = useMay('knowledge.edit');
  const settle = useMutation({
    mutationFn: (accepted: boolean) => articles.settle(proposal.id, accepted),
    onSuccess: () => void queries.invalidateQueries({ queryKey: KEY }),
    onError: (problem) => void message.error(problem.message),
  });
  return (
    <li aria-label={proposal.question}>
      <div>
        <span className={styles.kind}>{t(`article.kind_${proposal.kind}`)}</span>
        <b>{proposal.question}</b>
        <small>
          {t('article.times', { count: proposal.count })} · {t('article.last', { time: dayAndTime(proposal.last_at) })}
        </small>
        {proposal.article_id && <Link to={`/knowledge/articles/${proposal.article_id}`}>{t('article.about')}</Link>}
      </div>
      {proposal.detail && <p>{proposal.detail}</p>}
      {mayEdit && (
        <span className={styles.moves}>
          <Button
            size="small"
            type="primary"
            onClick={() => navigate('/knowledge/articles/new', { state: { proposal } })}
          >
            {t('article.write')}
          </Button>
          {proposal.article_id && (
            <Button size="small" loading={settle.isPending} onClick={() => settle.mutate(true)}>
              {t('article.done')}
            </Button>
          )}
          <Button size="small" loading={settle.isPending} onClick={() => settle.mutate(false)}>
            {t('article.dismiss')}
          </Button>
        </span>
      )}
    </li>
  );
}
