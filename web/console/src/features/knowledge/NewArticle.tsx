import { useMutation, useQueryClient } from '@tanstack/react-query';
import { App, Button } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useLocation } from 'react-router';
import type { Proposal } from '@/client/types.gen';
import { ARTICLES, articles } from '@/shared/articles';
import { useLeave } from '@/shared/useLeave';
import { ArticleForm } from './ArticleForm';
import styles from './articles.module.css';
import { BLANK, contentOf, type Form, isComplete } from './form';

/** A draft from nothing, or from what a proposal says. */
export function NewArticle({ onCreated }: { onCreated: (id: string) => void }) {
  const { t } = useTranslation();
  const { message } = App.useApp();
  const queries = useQueryClient();
  const proposal = (useLocation().state as { proposal?: Proposal } | null)?.proposal;
  const start: Form = proposal ? { ...BLANK, questions: proposal.question, body: proposal.detail } : BLANK;
  const [form, setForm] = useState(start);
  const [kept, setKept] = useState(false);
  useLeave(!kept && form !== start && JSON.stringify(form) !== JSON.stringify(start));
  const create = useMutation({
    mutationFn: () => {
      const body = { slug: form.slug, content: contentOf(form) };
      return proposal ? articles.accept(proposal.id, body) : articles.create(body);
    },
    onMutate: () => setKept(true),
    onSuccess: ({ article }) => {
      void queries.invalidateQueries({ queryKey: [ARTICLES] });
      void message.success(t('article.saved'));
      onCreated(article.id);
    },
    onError: (problem) => {
      setKept(false);
      void message.error(problem.message, 6);
    },
  });
  return (
    <article>
      <header className={styles.head}>
        <h2>{t('article.newTitle')}</h2>
        <span className={styles.fill} />
        <Button type="primary" disabled={!isComplete(form)} loading={create.isPending} onClick={() => create.mutate()}>
          {t('article.create')}
        </Button>
      </header>
      <ArticleForm form={form} onChange={setForm} isNew />
    </article>
  );
}
