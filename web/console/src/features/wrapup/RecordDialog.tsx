import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { Alert, App, Button, Empty, Modal, Skeleton } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { api, type ConversationItem, type WrapUp } from '@/shared/api';
import { intentName } from '@/shared/intents';
import { usePreferences } from '@/shared/preferences';
import { useMay } from '@/shared/session';
import { wholeMoment } from '@/shared/time';
import { Fields } from './Fields';
import { valuesOf } from './form';
import styles from './wrapup.module.css';

const RECORD = 'wrap-ups';

/** The wrap-up of a conversation that has ended, and who has corrected it. */
export default function RecordDialog({ item, onClose }: { item: ConversationItem; onClose: () => void }) {
  const { t } = useTranslation();
  const id = item.conversation.id;
  const record = useQuery({ queryKey: [RECORD, id], queryFn: () => api.wrapUps(id), staleTime: 0 });
  const [latest, ...earlier] = record.data?.items ?? [];
  return (
    <Modal title={t('wrapup.recordTitle')} open onCancel={onClose} footer={null} width={600}>
      {record.isPending && <Skeleton active paragraph={{ rows: 6 }} />}
      {record.isError && <Alert type="error" title={record.error.message} />}
      {record.data && !latest && <Empty image={Empty.PRESENTED_IMAGE_SIMPLE} description={t('wrapup.noRecord')} />}
      {latest && <Latest key={latest.id} wrapUp={latest} onClose={onClose} />}
      {earlier.length > 0 && <Earlier versions={earlier} />}
    </Modal>
  );
}

function Latest({ wrapUp, onClose }: { wrapUp: WrapUp; onClose: () => void }) {
  const { t } = useTranslation();
  const { message } = App.useApp();
  const queries = useQueryClient();
  const mayReply = useMay('conversations.reply');
  const [values, setValues] = useState(() => valuesOf(wrapUp));
  const changed = JSON.stringify(values) !== JSON.stringify(valuesOf(wrapUp));
  const correct = useMutation({
    mutationFn: () => api.correctWrapUp(wrapUp.conversation_id, values),
    onSuccess: () => {
      void message.success(t('wrapup.saved'));
      return queries.invalidateQueries({ queryKey: [RECORD, wrapUp.conversation_id] });
    },
    onError: (problem) => void message.error(problem.message),
  });
  return (
    <form
      className={styles.form}
      onSubmit={(event) => {
        event.preventDefault();
        if (changed) correct.mutate();
      }}
    >
      <p className={styles.who}>{t('wrapup.by', { name: wrapUp.staff_name, time: wholeMoment(wrapUp.created_at) })}</p>
      <Fields values={values} onChange={setValues} disabled={!mayReply} predicted={wrapUp.predicted} />
      <footer className={styles.footer}>
        <Button onClick={onClose}>{t('wrapup.close')}</Button>
        {mayReply && (
          <Button type="primary" htmlType="submit" disabled={!changed} loading={correct.isPending}>
            {t('wrapup.save')}
          </Button>
        )}
      </footer>
    </form>
  );
}

function Earlier({ versions }: { versions: WrapUp[] }) {
  const { t } = useTranslation();
  const { locale } = usePreferences();
  return (
    <details className={styles.earlier}>
      <summary>{t('wrapup.earlier')}</summary>
      <ul>
        {versions.map((one) => (
          <li key={one.id}>
            <small>{t('wrapup.by', { name: one.staff_name, time: wholeMoment(one.created_at) })}</small>
            <span>
              {intentName(one.category, locale)} · {t(`wrapup.result_${one.result}`)}
            </span>
            {one.summary && <p>{one.summary}</p>}
          </li>
        ))}
      </ul>
    </details>
  );
}
