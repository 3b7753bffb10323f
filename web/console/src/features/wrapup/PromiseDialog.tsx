import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { Alert, App, Button, Input, Modal, Skeleton } from 'antd';
import { useId, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { api, type ConversationItem, type PromiseItem } from '@/shared/api';
import { PROMISES } from '@/shared/queries';
import { useMay } from '@/shared/session';
import { dayAndTime } from '@/shared/time';
import { fromField, isFuture, nextWorkday, toField } from './due';
import styles from './wrapup.module.css';

const OUTCOMES = ['kept', 'broken', 'cancelled'] as const;

/** What was promised in a conversation: said anew, or closed. */
export default function PromiseDialog({ item, onClose }: { item: ConversationItem; onClose: () => void }) {
  const { t } = useTranslation();
  const id = item.conversation.id;
  const promises = useQuery({
    queryKey: [PROMISES, 'conversation', id],
    queryFn: () => api.promises({ conversation_id: id }),
    staleTime: 0,
  });
  return (
    <Modal title={t('promise.title')} open onCancel={onClose} footer={null} width={520}>
      <NewPromise id={id} />
      {promises.isPending && <Skeleton active title={false} paragraph={{ rows: 2 }} />}
      {promises.isError && <Alert type="error" title={promises.error.message} />}
      {promises.data?.items.length === 0 && <p className={styles.none}>{t('promise.none')}</p>}
      <ul className={styles.list}>
        {promises.data?.items.map((promise) => (
          <Line key={promise.id} promise={promise} />
        ))}
      </ul>
    </Modal>
  );
}

function NewPromise({ id }: { id: string }) {
  const { t } = useTranslation();
  const { message } = App.useApp();
  const queries = useQueryClient();
  const field = useId();
  const [text, setText] = useState('');
  const [due, setDue] = useState(() => toField(nextWorkday(new Date())));
  const moment = fromField(due);
  const ready = text.trim() && moment && isFuture(moment, new Date());
  const make = useMutation({
    mutationFn: () => api.promise(id, { text: text.trim(), due_at: moment ?? '' }),
    onSuccess: () => {
      void message.success(t('promise.made'));
      setText('');
      return queries.invalidateQueries({ queryKey: [PROMISES] });
    },
    onError: (problem) => void message.error(problem.message),
  });
  return (
    <form
      className={styles.form}
      onSubmit={(event) => {
        event.preventDefault();
        if (ready && !make.isPending) make.mutate();
      }}
    >
      <div className={styles.field}>
        <label htmlFor={`${field}-text`}>{t('promise.text')}</label>
        <Input
          id={`${field}-text`}
          autoFocus
          placeholder={t('promise.textHint')}
          value={text}
          maxLength={500}
          onChange={(event) => setText(event.target.value)}
        />
      </div>
      <div className={styles.dueRow}>
        <div className={styles.field}>
          <label htmlFor={`${field}-due`}>{t('promise.due')}</label>
          <Input
            id={`${field}-due`}
            type="datetime-local"
            value={due}
            onChange={(event) => setDue(event.target.value)}
          />
        </div>
        <Button type="primary" htmlType="submit" disabled={!ready} loading={make.isPending}>
          {t('promise.make')}
        </Button>
      </div>
      <small>{t('promise.reminder')}</small>
    </form>
  );
}

function Line({ promise }: { promise: PromiseItem }) {
  const { t } = useTranslation();
  const { message } = App.useApp();
  const queries = useQueryClient();
  const mayReply = useMay('conversations.reply');
  const close = useMutation({
    mutationFn: (state: (typeof OUTCOMES)[number]) => api.closePromise(promise.id, state),
    onSuccess: () => queries.invalidateQueries({ queryKey: [PROMISES] }),
    onError: (problem) => void message.error(problem.message),
  });
  const open = promise.state === 'open';
  const overdue = open && !isFuture(promise.due_at, new Date());
  return (
    <li>
      <div>
        <span>{promise.text}</span>
        <small>
          {promise.owner_name} · <time dateTime={promise.due_at}>{dayAndTime(promise.due_at)}</time>
          {overdue && <b> {t('promise.overdue')}</b>}
        </small>
      </div>
      {promise.state !== 'open' && <small>{t(`promise.state_${promise.state}`)}</small>}
      {open && mayReply && (
        <div className={styles.outcomes}>
          {OUTCOMES.map((state) => (
            <Button
              key={state}
              size="small"
              type={state === 'kept' ? 'default' : 'text'}
              disabled={close.isPending}
              onClick={() => close.mutate(state)}
            >
              {t(`promise.${state}`)}
            </Button>
          ))}
        </div>
      )}
    </li>
  );
}
