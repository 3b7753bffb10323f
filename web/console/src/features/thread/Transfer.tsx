import { useQuery } from '@tanstack/react-query';
import { Button, Input, Modal, Spin } from 'antd';
import { type ReactNode, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { api, type Conversation, type Presence } from '@/shared/api';
import { useMay, useMe } from '@/shared/session';
import { type Target, targetsOf } from './targets';
import styles from './transfer.module.css';
import type { useWork } from './work';

const NOTE_LIMIT = 2000;

interface Props {
  head: Conversation;
  work: ReturnType<typeof useWork>;
  onClose: () => void;
}

/** To whom a conversation is passed on, and what they should know. */
export default function Transfer({ head, work, onClose }: Props) {
  const { t } = useTranslation();
  const me = useMe().staff.id;
  const seesBoard = useMay('workforce.read');
  const [words, setWords] = useState('');
  const [chosen, setChosen] = useState<Target | null>(null);
  const [note, setNote] = useState('');
  const colleagues = useQuery({ queryKey: ['colleagues'], queryFn: api.colleagues });
  const departments = useQuery({ queryKey: ['departments'], queryFn: api.departments });
  const board = useQuery({ queryKey: ['board'], queryFn: api.board, enabled: seesBoard, staleTime: 0 });

  const groups = targetsOf({
    people: colleagues.data?.items ?? [],
    departments: departments.data ?? [],
    presences: board.data?.agents ?? [],
    head,
    me,
    words,
  });
  const failure = colleagues.error ?? departments.error;
  const submit = () => {
    if (!chosen) return;
    onClose();
    void work.transfer({ ...chosen.to, note: note.trim() }, chosen.name);
  };
  const pick = (target: Target, more?: ReactNode) => (
    <Choice key={target.key} target={target} chosen={chosen?.key === target.key} onChoose={setChosen}>
      {more}
    </Choice>
  );

  return (
    <Modal
      title={t('transfer.title')}
      open
      onCancel={onClose}
      width={480}
      footer={
        <>
          <Button onClick={onClose}>{t('app.cancel')}</Button>
          <Button type="primary" disabled={!chosen} onClick={submit}>
            {chosen ? t('transfer.to', { name: chosen.name }) : t('transfer.submit')}
          </Button>
        </>
      }
    >
      <Input
        autoFocus
        value={words}
        onChange={(event) => setWords(event.target.value)}
        placeholder={t('transfer.search')}
        aria-label={t('transfer.search')}
        allowClear
      />
      {(colleagues.isPending || departments.isPending) && <Spin className={styles.targets} />}
      {failure && <p role="alert">{failure.message}</p>}
      <div className={styles.targets} role="radiogroup" aria-label={t('transfer.title')}>
        {groups.teams.length > 0 && <h3>{t('transfer.teams')}</h3>}
        {groups.teams.map((target) => pick(target, <small>{target.department}</small>))}
        {groups.departments.length > 0 && <h3>{t('transfer.departments')}</h3>}
        {groups.departments.map((target) => pick(target))}
        {groups.people.length > 0 && <h3>{t('transfer.people')}</h3>}
        {groups.people.map((target) => pick(target, <There presence={target.presence} />))}
        {head.assignee_id && pick({ key: 'queue', name: t('transfer.queue'), to: {} })}
      </div>
      <label htmlFor="transfer-note">{t('transfer.note')}</label>
      <Input.TextArea
        id="transfer-note"
        value={note}
        onChange={(event) => setNote(event.target.value)}
        placeholder={t('transfer.noteHint')}
        autoSize={{ minRows: 2, maxRows: 6 }}
        maxLength={NOTE_LIMIT}
      />
    </Modal>
  );
}

interface ChoiceProps {
  target: Target;
  chosen: boolean;
  onChoose: (target: Target) => void;
  children?: ReactNode;
}

function Choice({ target, chosen, onChoose, children }: ChoiceProps) {
  return (
    <label className={styles.target}>
      <input type="radio" name="transfer-target" checked={chosen} onChange={() => onChoose(target)} />
      <span>{target.name}</span>
      {children}
    </label>
  );
}

function There({ presence }: { presence: Presence | undefined }) {
  const { t } = useTranslation();
  return (
    <small data-there={presence?.status === 'online'}>
      {t(`presence.${presence?.status ?? 'offline'}`)}
      {presence && ` ${presence.load}/${presence.capacity}`}
    </small>
  );
}
