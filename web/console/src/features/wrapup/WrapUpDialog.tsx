import { DeleteOutlined, PlusOutlined } from '@ant-design/icons';
import { useQuery } from '@tanstack/react-query';
import { Alert, Button, Input, Modal, Skeleton } from 'antd';
import { type KeyboardEvent, useEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { api, type ConversationItem, type Draft, Problem } from '@/shared/api';
import { customerName } from '@/shared/names';
import { usePreferences } from '@/shared/preferences';
import { useMe } from '@/shared/session';
import { dayAndTime } from '@/shared/time';
import { Fields, useChoices } from './Fields';
import { newPromise, type PromiseDraft, promisesOf, promisesToSend, type Values, valuesOf } from './form';
import styles from './wrapup.module.css';

interface Props {
  item: ConversationItem;
  onResolved: (item: ConversationItem) => void;
  onClose: () => void;
}

/** Before a conversation ends: what it came to, filled in already. Enter confirms. */
export default function WrapUpDialog({ item, onResolved, onClose }: Props) {
  const { t } = useTranslation();
  const { locale } = usePreferences();
  const id = item.conversation.id;
  const choices = useChoices();
  const draft = useQuery({
    queryKey: ['wrap-up-draft', id, locale],
    queryFn: () => api.wrapUpDraft(id, locale),
    staleTime: 0,
    gcTime: 0,
  });
  const failed = draft.error ?? choices.error;
  return (
    <Modal title={t('wrapup.title')} open onCancel={onClose} footer={null} width={600} mask={{ closable: false }}>
      {failed && (
        <Alert
          type="error"
          title={failed.message}
          action={
            <Button size="small" onClick={() => void draft.refetch()}>
              {t('app.retry')}
            </Button>
          }
        />
      )}
      {!failed && (!draft.data || !choices.data) && <Skeleton active paragraph={{ rows: 6 }} />}
      {draft.data && choices.data && (
        <Form
          key={draft.dataUpdatedAt}
          item={item}
          draft={draft.data}
          renewing={draft.isFetching}
          onRenew={() => void draft.refetch()}
          onResolved={onResolved}
          onClose={onClose}
        />
      )}
    </Modal>
  );
}

interface FormProps extends Props {
  draft: Draft;
  renewing: boolean;
  onRenew: () => void;
}

function Form({ item, draft, renewing, onRenew, onResolved, onClose }: FormProps) {
  const { t } = useTranslation();
  const [values, setValues] = useState<Values>(() => valuesOf(draft));
  const [promises, setPromises] = useState(() => promisesOf(draft, new Date()));
  const [problem, setProblem] = useState<Problem | string | null>(null);
  const [busy, setBusy] = useState(false);
  const button = useRef<HTMLButtonElement>(null);
  const { id, assignee_id: owner } = item.conversation;
  const me = useMe().staff.id;
  useEffect(() => button.current?.focus(), []);

  const confirm = async () => {
    if (busy || renewing) return;
    const sent = promisesToSend(promises, new Date());
    if (!sent) return setProblem(t('wrapup.incomplete'));
    setBusy(true);
    setProblem(null);
    try {
      await api.confirmWrapUp(id, { ...values, seq: draft.seq, predicted: draft.predicted, promises: sent });
      onResolved({ ...item, conversation: { ...item.conversation, state: 'resolved' } });
    } catch (refused) {
      setProblem(refused instanceof Problem ? refused : String(refused));
      setBusy(false);
    }
  };
  const pressed = (event: KeyboardEvent) => {
    if (event.key !== 'Enter' || event.nativeEvent.isComposing || !(event.ctrlKey || event.metaKey)) return;
    event.preventDefault();
    void confirm();
  };

  return (
    <form
      className={styles.form}
      onKeyDown={pressed}
      onSubmit={(event) => {
        event.preventDefault();
        void confirm();
      }}
    >
      <p className={styles.who}>
        {t(owner && owner !== me ? 'wrapup.ofColleague' : 'wrapup.of', {
          name: customerName(item, t),
          owner: item.conversation.assignee_name,
        })}
      </p>
      <Fields values={values} onChange={setValues} predicted={draft.predicted} />
      <Promises promises={promises} onChange={setPromises} />
      {draft.open_promises.length > 0 && (
        <p className={styles.made}>
          {t('wrapup.made')}
          {draft.open_promises.map((one) => (
            <span key={one.id}>
              {one.text} <time dateTime={one.due_at}>{dayAndTime(one.due_at)}</time>
            </span>
          ))}
        </p>
      )}
      <Refusal problem={problem} renewing={renewing} onRenew={onRenew} />
      <footer className={styles.footer}>
        <Button onClick={onClose}>{t('wrapup.cancel')}</Button>
        <Button ref={button} type="primary" htmlType="submit" loading={busy} title="Ctrl + Enter">
          {t('wrapup.confirm')}
        </Button>
      </footer>
    </form>
  );
}

/** Why it was not confirmed; what the customer wrote meanwhile has to be read first. */
function Refusal(props: { problem: Problem | string | null; renewing: boolean; onRenew: () => void }) {
  const { t } = useTranslation();
  const { problem, renewing, onRenew } = props;
  if (!problem) return null;
  if (problem instanceof Problem && problem.code === 'customer_wrote') {
    const renew = (
      <Button size="small" loading={renewing} onClick={onRenew}>
        {t('wrapup.refresh')}
      </Button>
    );
    return <Alert type="warning" showIcon title={t('wrapup.wrote')} action={renew} />;
  }
  return <Alert type="error" showIcon title={typeof problem === 'string' ? problem : problem.message} />;
}

function Promises(props: { promises: PromiseDraft[]; onChange: (promises: PromiseDraft[]) => void }) {
  const { t } = useTranslation();
  const { promises, onChange } = props;
  const change = (key: number, changes: Partial<PromiseDraft>) =>
    onChange(promises.map((one) => (one.key === key ? { ...one, ...changes } : one)));
  return (
    <fieldset className={styles.promises}>
      <legend>{t('wrapup.promises')}</legend>
      {promises.map(({ key, text, due }) => (
        <div key={key} className={styles.promise}>
          <Input
            aria-label={t('promise.text')}
            placeholder={t('promise.textHint')}
            value={text}
            maxLength={500}
            onChange={(event) => change(key, { text: event.target.value })}
          />
          <Input
            type="datetime-local"
            aria-label={t('promise.due')}
            value={due}
            onChange={(event) => change(key, { due: event.target.value })}
          />
          <Button
            type="text"
            icon={<DeleteOutlined aria-hidden />}
            aria-label={t('wrapup.removePromise')}
            onClick={() => onChange(promises.filter((one) => one.key !== key))}
          />
        </div>
      ))}
      <div className={styles.add}>
        {promises.length === 0 && <small>{t('wrapup.noPromises')}</small>}
        {promises.length < 5 && (
          <Button
            type="link"
            size="small"
            icon={<PlusOutlined aria-hidden />}
            onClick={() => onChange([...promises, newPromise(promises, new Date())])}
          >
            {t('wrapup.addPromise')}
          </Button>
        )}
      </div>
    </fieldset>
  );
}
