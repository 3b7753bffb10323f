import { EditOutlined, UserSwitchOutlined } from '@ant-design/icons';
import { Button, Dropdown, Input, Popover } from 'antd';
import { useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useNavigate } from 'react-router';
import type { AgentOnBoard, Line } from '@/shared/api';
import { intentName } from '@/shared/intents';
import { Emotion, Level, Waiting } from '@/shared/Meaning';
import { usePreferences } from '@/shared/preferences';
import { useMay, useMe } from '@/shared/session';
import { receivers } from './board';
import styles from './board.module.css';
import { useActions } from './useBoard';

interface Props {
  line: Line;
  agents: AgentOnBoard[];
}

/** A conversation on the board: who, what about, how long; open it, take it, give it to somebody, leave a note. */
export function LineRow({ line, agents }: Props) {
  const { t } = useTranslation();
  const { locale } = usePreferences();
  const navigate = useNavigate();
  const name = line.customer_name || t('list.visitor', { id: line.customer_id.slice(-4).toUpperCase() });
  const open = () => navigate(`/inbox/${line.conversation_id}`);
  return (
    <li className={styles.line}>
      <button type="button" className={styles.open} onClick={open}>
        <span className={styles.head}>
          <b>{name}</b>
          <Level level={line.level} />
          <Emotion emotion={line.emotion} />
          <span className={styles.fill} />
          {(line.waiting_since || !line.assignee_id) && (
            <Waiting since={line.waiting_since ?? line.last_message_at} due={line.due_at} clock={line.due_clock} />
          )}
        </span>
        <span className={styles.preview}>
          {line.intent && <small>{intentName(line.intent, locale)}</small>}
          <span>{line.preview}</span>
        </span>
      </button>
      <Tools line={line} name={name} agents={agents} onTaken={open} />
    </li>
  );
}

function Tools({ line, name, agents, onTaken }: Props & { name: string; onTaken: () => void }) {
  const { t } = useTranslation();
  const me = useMe().staff.id;
  const mayReply = useMay('conversations.reply');
  const mayAssign = useMay('conversations.assign');
  const { busy, assign, release, take } = useActions();
  const id = line.conversation_id;
  const people = receivers(agents, line.assignee_id).map((agent) => ({
    key: agent.staff_id,
    label: `${agent.name} · ${t(`presence.${agent.status}`)} ${agent.load}/${agent.capacity}`,
    onClick: () => void assign(id, agent.staff_id, agent.name),
  }));
  const back = { key: 'queue', label: t('board.toQueue'), onClick: () => void release(id) };
  const items = line.assignee_id ? [...people, { type: 'divider' as const }, back] : people;
  return (
    <span className={styles.tools}>
      {mayReply && <Whisper id={id} name={name} />}
      {mayAssign && (
        <Dropdown trigger={['click']} menu={{ items }} disabled={items.length === 0}>
          <Button
            size="small"
            icon={<UserSwitchOutlined aria-hidden />}
            loading={busy}
            aria-label={t('board.assignTo', { name })}
          >
            {t('board.assign')}
          </Button>
        </Dropdown>
      )}
      {mayReply && line.assignee_id !== me && (
        <Button
          size="small"
          disabled={busy}
          onClick={async () => {
            if (await take(line)) onTaken();
          }}
        >
          {t(line.assignee_id ? 'work.takeOver' : 'board.take')}
        </Button>
      )}
    </span>
  );
}

/** A note that only colleagues see, without leaving the board. */
function Whisper({ id, name }: { id: string; name: string }) {
  const { t } = useTranslation();
  const { busy, whisper } = useActions();
  const [open, setOpen] = useState(false);
  const [text, setText] = useState('');
  const attempt = useRef(crypto.randomUUID()); // a retry stores no second note
  const send = async () => {
    if (!text.trim() || !(await whisper(id, text.trim(), attempt.current))) return;
    attempt.current = crypto.randomUUID();
    setText('');
    setOpen(false);
  };
  const box = (
    <form
      className={styles.whisper}
      onSubmit={(event) => {
        event.preventDefault();
        void send();
      }}
    >
      <Input.TextArea
        autoFocus
        rows={3}
        maxLength={4000}
        value={text}
        onChange={(event) => setText(event.target.value)}
        placeholder={t('board.whisperHint')}
        aria-label={t('board.whisperTo', { name })}
      />
      <Button type="primary" size="small" htmlType="submit" loading={busy} disabled={!text.trim()}>
        {t('compose.save')}
      </Button>
    </form>
  );
  return (
    <Popover trigger="click" open={open} onOpenChange={setOpen} content={box} title={t('board.whisperTo', { name })}>
      <Button size="small" icon={<EditOutlined aria-hidden />} aria-label={t('board.whisperTo', { name })}>
        {t('board.whisper')}
      </Button>
    </Popover>
  );
}
