import { useQuery } from '@tanstack/react-query';
import { Empty, Skeleton } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { ArticleView, Diff } from '@/client/types.gen';
import { ARTICLES, articles } from '@/shared/articles';
import { Failed } from '@/shared/Failed';
import { dayAndTime } from '@/shared/time';
import styles from './articles.module.css';

type Named = 'title' | 'tier' | 'topic' | 'questions' | 'scope' | 'locale';

/** Every version, and what each changed. */
export function Versions({ view: { article, versions } }: { view: ArticleView }) {
  const { t } = useTranslation();
  const [chosen, setChosen] = useState(article.version);
  const before = versions.map(({ number }) => number).filter((number) => number < chosen);
  const from = before.length > 0 ? Math.max(...before) : null;
  const diff = useQuery({
    queryKey: [ARTICLES, 'diff', article.id, from, chosen],
    queryFn: () => articles.diff(article.id, from ?? 1, chosen),
    enabled: from !== null,
    staleTime: Number.POSITIVE_INFINITY,
  });
  return (
    <div className={styles.versions}>
      <ul>
        {versions.map((one) => (
          <li key={one.number}>
            <button type="button" aria-current={one.number === chosen} onClick={() => setChosen(one.number)}>
              <b>{t('article.version', { number: one.number })}</b>
              <small>
                {one.author_name} · {dayAndTime(one.created_at)}
              </small>
              {one.note && <span>{one.note}</span>}
            </button>
          </li>
        ))}
      </ul>
      <div>
        {from !== null && diff.isPending && <Skeleton active />}
        <Failed query={diff} />
        {diff.data && <Changes diff={diff.data} />}
      </div>
    </div>
  );
}

function Changes({ diff }: { diff: Diff }) {
  const { t } = useTranslation();
  const fields = Object.entries(diff.fields);
  const same = diff.lines.every(({ kind }) => kind === 'same');
  return (
    <section aria-label={t('article.compare', { before: diff.before, after: diff.after })}>
      <h3>{t('article.compare', { before: diff.before, after: diff.after })}</h3>
      {fields.length > 0 && (
        <dl className={styles.changed}>
          {fields.map(([name, { before, after }]) => (
            <div key={name}>
              <dt>{t(`article.${name as Named}`, { defaultValue: name })}</dt>
              <dd>
                <del>{before}</del> <ins>{after}</ins>
              </dd>
            </div>
          ))}
        </dl>
      )}
      {same ? (
        <Empty image={Empty.PRESENTED_IMAGE_SIMPLE} description={t('article.unchanged')} />
      ) : (
        <pre className={styles.diff}>
          {diff.lines.map(({ kind, text }, at) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: lines of a text that does not change
            <span key={at} data-kind={kind}>
              {{ added: '+ ', removed: '− ', same: '  ' }[kind]}
              {text}
            </span>
          ))}
        </pre>
      )}
    </section>
  );
}
