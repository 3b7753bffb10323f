import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { App, Button, Input, Popconfirm, Skeleton, Tabs } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { MoveArticle, ArticleView as View } from '@/client/types.gen';
import { ARTICLES, articles } from '@/shared/articles';
import { Failed } from '@/shared/Failed';
import { dayAndTime } from '@/shared/time';
import { useLeave } from '@/shared/useLeave';
import { ArticleForm } from './ArticleForm';
import { Marks } from './ArticlesPage';
import styles from './articles.module.css';
import { contentOf, formOf, isComplete } from './form';
import { Preview } from './Preview';
import { Versions } from './Versions';

export const articleKey = (id: string) => [ARTICLES, 'one', id];

/** One article: what it says, what may be done with it, how it came to be so. */
export function ArticleView({ id }: { id: string }) {
  const found = useQuery({ queryKey: articleKey(id), queryFn: () => articles.one(id) });
  if (found.isPending) return <Skeleton active paragraph={{ rows: 10 }} />;
  if (found.isError) return <Failed query={found} />;
  return <Opened key={found.data.article.version} view={found.data} />;
}

function Opened({ view }: { view: View }) {
  const { t } = useTranslation();
  const { article, content, moves } = view;
  const kept = formOf(article.slug, content);
  const [form, setForm] = useState(kept);
  const changed = JSON.stringify(form) !== JSON.stringify(kept);
  useLeave(changed);
  const mayEdit = moves.includes('edit');
  return (
    <article>
      <header className={styles.head}>
        <h2>{article.title}</h2>
        <span className={styles.fill} />
        <Moves view={view} changed={changed} form={form} />
      </header>
      <p className={styles.facts}>
        <Marks article={article} />
        <small>{article.slug}</small>
        <small>{t('article.version', { number: article.version })}</small>
        <small>
          {article.live_version ? t('article.liveVersion', { number: article.live_version }) : t('article.notLive')}
        </small>
        {article.review_due_on && <small>{t('article.reviewDue', { day: article.review_due_on })}</small>}
      </p>
      <Tabs
        items={[
          {
            key: 'text',
            label: t(mayEdit ? 'article.edit' : 'article.preview'),
            children: mayEdit ? <ArticleForm form={form} onChange={setForm} /> : <Preview body={content.body} />,
          },
          { key: 'versions', label: t('article.versions'), children: <Versions view={view} /> },
          { key: 'history', label: t('article.history'), children: <History view={view} /> },
        ]}
      />
    </article>
  );
}

interface MovesProps {
  view: View;
  changed: boolean;
  form: ReturnType<typeof formOf>;
}

function Moves({ view: { article, moves }, changed, form }: MovesProps) {
  const { t } = useTranslation();
  const { message } = App.useApp();
  const queries = useQueryClient();
  const [remark, setRemark] = useState('');
  const took = (view: View) => {
    queries.setQueryData(articleKey(article.id), view);
    void queries.invalidateQueries({ queryKey: [ARTICLES] });
  };
  const failed = (problem: Error) => void message.error(problem.message, 6);
  const save = useMutation({
    mutationFn: () =>
      articles.edit(article.id, { version: article.version, content: contentOf(form), note: form.note }),
    onSuccess: (view) => {
      took(view);
      void message.success(t('article.saved'));
    },
    onError: failed,
  });
  const move = useMutation({
    mutationFn: (name: MoveArticle['move']) =>
      articles.move(article.id, { move: name, version: article.version, remark }),
    onSuccess: (view, name) => {
      setRemark('');
      took(view);
      void message.success(t('article.moved', { move: t(`article.move_${name}`) }));
    },
    onError: failed,
  });
  const others = moves.filter((one): one is MoveArticle['move'] => one !== 'edit');
  return (
    <span className={styles.moves}>
      {moves.includes('edit') && (
        <Button disabled={!changed || !isComplete(form)} loading={save.isPending} onClick={() => save.mutate()}>
          {t('article.save')}
        </Button>
      )}
      {others.map((name) => (
        <Popconfirm
          key={name}
          title={t(`article.move_${name}`)}
          description={
            <Input.TextArea
              value={remark}
              maxLength={500}
              aria-label={t('article.remark')}
              placeholder={name === 'reject' ? t('article.rejectHint') : t('article.remark')}
              onChange={(event) => setRemark(event.target.value)}
            />
          }
          onConfirm={() => move.mutate(name)}
          disabled={changed}
        >
          <Button
            type={name === 'submit' || name === 'approve' ? 'primary' : 'default'}
            danger={name === 'retire'}
            disabled={changed}
            loading={move.isPending && move.variables === name}
          >
            {t(`article.move_${name}`)}
          </Button>
        </Popconfirm>
      ))}
    </span>
  );
}

function History({ view: { history } }: { view: View }) {
  const { t } = useTranslation();
  return (
    <ol className={styles.history}>
      {history.map((one) => (
        <li key={`${one.at} ${one.move}`}>
          <time>{dayAndTime(one.at)}</time> <b>{one.staff_name}</b> {t(`article.move_${one.move}`)} ·{' '}
          {t('article.version', { number: one.version })}
          {one.remark && <p>{one.remark}</p>}
        </li>
      ))}
    </ol>
  );
}
