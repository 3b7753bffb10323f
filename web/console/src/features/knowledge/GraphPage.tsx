import '@/i18n/pages/graph';
import { useMutation, useQuery } from '@tanstack/react-query';
import { Alert, Empty, Input, Skeleton } from 'antd';
import { useDeferredValue, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useSearchParams } from 'react-router';
import type { Answer } from '@/client/types.gen';
import { beauty } from '@/shared/beauty';
import { Failed } from '@/shared/Failed';
import styles from './graph.module.css';
import { Ingredient } from './Ingredient';
import { Sources } from './Sources';

/** Pick an ingredient and see what is known of it, what it is connected with, and who says so. */
export default function GraphPage() {
  const { t } = useTranslation();
  const [address, setAddress] = useSearchParams();
  const [text, setText] = useState('');
  const wanted = useDeferredValue(text.trim());
  const list = useQuery({ queryKey: ['ingredients', wanted], queryFn: () => beauty.find(wanted) });
  const chosen = address.get('id');
  const choose = (id: string) => setAddress({ id });
  return (
    <div className={styles.page}>
      <section className={styles.list} aria-label={t('graph.found')}>
        <Input.Search
          allowClear
          value={text}
          onChange={(event) => setText(event.target.value)}
          placeholder={t('graph.find')}
          aria-label={t('graph.find')}
        />
        {list.isPending && <Skeleton active paragraph={{ rows: 10 }} />}
        <Failed query={list} />
        {list.data?.items.length === 0 && <Empty image={Empty.PRESENTED_IMAGE_SIMPLE} description={t('graph.none')} />}
        <ul>
          {list.data?.items.map((item) => (
            <li key={item.id}>
              <button type="button" aria-current={item.id === chosen} onClick={() => choose(item.id)}>
                <b>{item.name}</b>
                <small>{item.inci || item.what}</small>
              </button>
            </li>
          ))}
        </ul>
      </section>
      <main className={styles.main}>
        <Ask />
        {chosen ? (
          <Ingredient key={chosen} id={chosen} onChoose={choose} />
        ) : (
          <Empty className={styles.start} image={Empty.PRESENTED_IMAGE_SIMPLE} description={t('graph.start')} />
        )}
      </main>
    </div>
  );
}

/** What the graph says to a question, as a customer would be told. */
function Ask() {
  const { t } = useTranslation();
  const [question, setQuestion] = useState('');
  const asked = useMutation({ mutationFn: beauty.ask });
  return (
    <div className={styles.ask}>
      <Input.Search
        value={question}
        maxLength={500}
        onChange={(event) => setQuestion(event.target.value)}
        onSearch={(value) => value.trim() && asked.mutate(value.trim())}
        loading={asked.isPending}
        placeholder={t('graph.ask')}
        aria-label={t('graph.ask')}
        enterButton
      />
      {asked.isError && <Alert type="error" showIcon title={asked.error.message} />}
      {asked.data && <Told answer={asked.data} />}
    </div>
  );
}

function Told({ answer }: { answer: Answer }) {
  const { t } = useTranslation();
  return (
    <section className={styles.told} aria-label={t('graph.asked')}>
      <p>{answer.answer}</p>
      {answer.handoff && <small className={styles.handoff}>{t('graph.handoff')}</small>}
      <Sources sources={answer.sources} />
    </section>
  );
}
