import { useQuery } from '@tanstack/react-query';
import { Button, Input, Modal, Spin } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { api, type Conversation, type Presence } from '@/shared/api';
import { useMay, useMe } from '@/shared/session';
import styles from './thread.module.css';

interface Props {
  head: Conversation;
  onAssign: (staffId: string | null, name: string) => Promise<void>;
  onClose: () => void;
}

/** Colleagues to give a conversation to: who is there first, then who has the most room. */
export function Assign({ head, onAssign, onClose }: Props) {
  const { t } = useTranslation();
  const me = useMe().staff.id;
  const seesBoard = useMay('workforce.read');
  const [words, setWords] = useState('');
  const colleagues = useQuery({ queryKey: ['colleagues'], queryFn: api.colleagues });
  const board = useQuery({ queryKey: ['board'], queryFn: api.board, enabled: seesBoard, staleTime: 0 });
  const presences = new Map(board.data?.agents.map((agent) => [agent.staff_id, agent]));

  const people = (colleagues.data?.items ?? [])
    .filter(
      (person) => person.id !== me && person.id !== head.assignee_id && person.display_name.includes(words.trim()),
    )
    .map((person) => ({ person, presence: presences.get(person.id) }))
    .toSorted((a, b) => room(b.presence) - room(a.presence));
  const choose = (staffId: string | null, name: string) => {
    onClose();
    void onAssign(staffId, name);
  };

  return (
    <Modal title={t('work.assignTitle')} open onCancel={onClose} footer={null} width={420}>
      <Input
        autoFocus
        value={words}
        onChange={(event) => setWords(event.target.value)}
        placeholder={t('work.assignSearch')}
        aria-label={t('work.assignSearch')}
        allowClear
      />
      {colleagues.isPending && <Spin className={styles.colleagues} />}
      {colleagues.isError && <p role="alert">{colleagues.error.message}</p>}
      <ul className={styles.colleagues}>
        {people.map(({ person, presence }) => (
          <li key={person.id}>
            <button type="button" className={styles.colleague} onClick={() => choose(person.id, person.display_name)}>
              <span>{person.display_name}</span>
              <small data-there={presence?.status === 'online'}>
                {t(`presence.${presence?.status ?? 'offline'}`)}
                {presence && ` ${presence.load}/${presence.capacity}`}
              </small>
            </button>
          </li>
        ))}
      </ul>
      {head.assignee_id && (
        <Button block onClick={() => choose(null, '')}>
          {t('work.toQueue')}
        </Button>
      )}
    </Modal>
  );
}

function room(presence: Presence | undefined): number {
  if (!presence) return -1000;
  const free = presence.capacity - presence.load;
  return presence.status === 'online' ? 1000 + free : free;
}
