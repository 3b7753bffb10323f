import '@/i18n/pages/articles';
import { useInfiniteQuery, useQuery } from '@tanstack/react-query';
import { Button, Empty, Input, Select, Skeleton } from 'antd';
import { useDeferredValue, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useNavigate, useParams, useSearchParams } from 'react-router';
import type { Article, ArticleState, Tier, TopicCount } from '@/client/types.gen';
import { ARTICLES, type ArticleQuery, articles } from '@/shared/articles';
import { Failed } from '@/shared/Failed';
import { useMay } from '@/shared/session';
import { ArticleView } from './ArticleView';
import styles from './articles.module.css';
import { Exchange } from './Exchange';
import { NewArticle } from './NewArticle';

const STATES: ArticleState[] = ['draft', 'review', 'live', 'retired'];
const TIERS: Tier[] = ['general', 'professional', 'rare'];
const NEW = 'new';

/** The tree by tier and topic, the articles of a branch, and the one that is open. */
export default function ArticlesPage() {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const mayEdit = useMay('knowledge.edit');
  const { articleId } = useParams();
  const [address, setAddress] = useSearchParams();
  const wanted = Object.fromEntries(address) as ArticleQuery;
  const open = (id: string) => navigate({ pathname: `/knowledge/articles/${id}`, search: address.toString() });
  const narrow = (changes: Record<string, string | undefined>) => {
    const next = new URLSearchParams(address);
    for (const [name, value] of Object.entries(changes)) value ? next.set(name, value) : next.delete(name);
    setAddress(next);
  };
  return (
    <div className={styles.page}>
      <Tree wanted={wanted} onChoose={(tier, topic) => narrow({ tier, topic })} />
      <section className={styles.list} aria-label={t('knowledge.articles')}>
        <div className={styles.tools}>
          <Wanted wanted={wanted} onNarrow={narrow} />
          <span>
            {mayEdit && (
              <Button type="primary" onClick={() => open(NEW)}>
                {t('article.add')}
              </Button>
            )}
            <Exchange mayImport={mayEdit} />
          </span>
        </div>
        <List wanted={wanted} selected={articleId} onOpen={open} />
      </section>
      <main className={styles.opened}>
        {!articleId && (
          <Empty
            image={Empty.PRESENTED_IMAGE_SIMPLE}
            description={t(mayEdit ? 'article.choose' : 'article.chooseOnly')}
          />
        )}
        {articleId === NEW && <NewArticle onCreated={open} />}
        {articleId && articleId !== NEW && <ArticleView key={articleId} id={articleId} />}
      </main>
    </div>
  );
}

interface TreeProps {
  wanted: ArticleQuery;
  onChoose: (tier: Tier | undefined, topic: string | undefined) => void;
}

const inUse = ({ live, draft, review }: TopicCount) => live + draft + review;

function Tree({ wanted, onChoose }: TreeProps) {
  const { t } = useTranslation();
  const topics = useQuery({ queryKey: [ARTICLES, 'topics'], queryFn: articles.topics });
  const branch = (tier: Tier) => topics.data?.filter((one) => one.tier === tier) ?? [];
  const count = (counts: TopicCount[]) => topics.data && counts.reduce((sum, one) => sum + inUse(one), 0);
  return (
    <nav className={styles.tree} aria-label={t('article.tree')}>
      <button type="button" aria-current={!wanted.tier} onClick={() => onChoose(undefined, undefined)}>
        {t('article.everything')} <small>{count(topics.data ?? [])}</small>
      </button>
      {TIERS.map((tier) => (
        <section key={tier}>
          <button
            type="button"
            className={styles.tier}
            aria-current={wanted.tier === tier && !wanted.topic}
            onClick={() => onChoose(tier, undefined)}
          >
            {t(`article.tier_${tier}`)} <small>{count(branch(tier))}</small>
          </button>
          {branch(tier).map((one) => (
            <button
              key={one.topic}
              type="button"
              aria-current={wanted.tier === tier && wanted.topic === one.topic}
              onClick={() => onChoose(tier, one.topic)}
            >
              <span>{one.topic}</span> <small>{inUse(one)}</small>
            </button>
          ))}
        </section>
      ))}
    </nav>
  );
}

interface WantedProps {
  wanted: ArticleQuery;
  onNarrow: (changes: Record<string, string | undefined>) => void;
}

function Wanted({ wanted, onNarrow }: WantedProps) {
  const { t } = useTranslation();
  const [text, setText] = useState(wanted.q ?? '');
  const state = wanted.due ? 'due' : (wanted.state ?? '');
  return (
    <>
      <Input.Search
        allowClear
        value={text}
        onChange={(event) => setText(event.target.value)}
        onSearch={(q) => onNarrow({ q: q.trim() || undefined })}
        placeholder={t('article.search')}
        aria-label={t('article.search')}
      />
      <Select
        value={state}
        onChange={(value) =>
          onNarrow(value === 'due' ? { due: 'true', state: undefined } : { due: undefined, state: value || undefined })
        }
        aria-label={t('article.state')}
        options={[
          { value: '', label: t('article.anyState') },
          ...STATES.map((one) => ({ value: one, label: t(`article.state_${one}`) })),
          { value: 'due', label: t('article.due') },
        ]}
      />
    </>
  );
}

interface ListProps {
  wanted: ArticleQuery;
  selected: string | undefined;
  onOpen: (id: string) => void;
}

function List({ wanted, selected, onOpen }: ListProps) {
  const { t } = useTranslation();
  const query = useDeferredValue(wanted);
  const found = useInfiniteQuery({
    queryKey: [ARTICLES, 'list', query],
    queryFn: ({ pageParam }) => articles.list({ ...query, cursor: pageParam, limit: 50 }),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: ({ next_cursor }) => next_cursor ?? undefined,
  });
  if (found.isPending) return <Skeleton active paragraph={{ rows: 8 }} />;
  if (found.isError) return <Failed query={found} />;
  const items = found.data.pages.flatMap((page) => page.items);
  if (items.length === 0) return <Empty image={Empty.PRESENTED_IMAGE_SIMPLE} description={t('article.none')} />;
  return (
    <ul>
      {items.map((one) => (
        <li key={one.id}>
          <button type="button" aria-current={one.id === selected} onClick={() => onOpen(one.id)}>
            <b>{one.title}</b>
            <Marks article={one} />
          </button>
        </li>
      ))}
      {found.hasNextPage && (
        <li>
          <Button block type="text" loading={found.isFetchingNextPage} onClick={() => void found.fetchNextPage()}>
            {t('article.more')}
          </Button>
        </li>
      )}
    </ul>
  );
}

export function Marks({ article }: { article: Article }) {
  const { t } = useTranslation();
  return (
    <small className={styles.marks}>
      <span data-state={article.state}>{t(`article.state_${article.state}`)}</span>
      {t(`article.tier_${article.tier}`)} · {article.topic}
    </small>
  );
}
