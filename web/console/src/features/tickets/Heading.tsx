import { EditOutlined, EllipsisOutlined } from '@ant-design/icons';
import { App, Button, Dropdown } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { AtRisk } from '@/shared/AtRisk';
import { Level } from '@/shared/Meaning';
import type { TicketState } from '@/shared/tickets';
import { reachable } from './board';
import { Due } from './Due';
import styles from './detail.module.css';
import { Merge } from './Merge';
import { MoveDialog } from './MoveDialog';
import { Rewriting } from './Rewriting';
import { StateTag } from './StateTag';
import { isDone } from './states';
import { useKnown } from './useKnown';
import type { Editing } from './useTicket';

/** Number, kind, state and time left, where they can always be seen. */
export function Headline({ editing, onOpen }: { editing: Editing; onOpen: (id: string) => void }) {
  const { t } = useTranslation();
  const { message } = App.useApp();
  const { kind } = useKnown();
  const [merging, setMerging] = useState(false);
  const { ticket, may_change } = editing.view;
  const copy = async () => {
    await navigator.clipboard.writeText(`${window.location.origin}/desk/tickets/${ticket.id}`);
    void message.success(t('tickets.copied'));
  };
  const items = [
    { key: 'copy', label: t('tickets.copyLink'), onClick: () => void copy() },
    ...(may_change ? [{ key: 'merge', label: t('tickets.merge'), onClick: () => setMerging(true) }] : []),
  ];
  return (
    <span className={styles.headline}>
      <b>{ticket.number}</b>
      <span>{kind(ticket.kind_id)?.name}</span>
      <StateTag card={ticket} />
      <Level level={ticket.level} long />
      <Due due={ticket.due_at} done={isDone(ticket)} />
      <AtRisk id={ticket.id} alone />
      <span className={styles.fill} />
      <Dropdown trigger={['click']} placement="bottomRight" menu={{ items, autoFocus: true }}>
        <Button type="text" icon={<EllipsisOutlined aria-hidden />} aria-label={t('tickets.actions')} />
      </Dropdown>
      {merging && <Merge editing={editing} onMerged={onOpen} onClose={() => setMerging(false)} />}
    </span>
  );
}

/** What it is about, and the states that may follow. */
export function Heading({ editing }: { editing: Editing }) {
  const { t } = useTranslation();
  const { ticket, may_change, masked } = editing.view;
  const [writing, setWriting] = useState(false);
  if (writing) return <Rewriting editing={editing} onClose={() => setWriting(false)} />;
  return (
    <div className={styles.edit}>
      <div className={styles.titleRow}>
        <h2 className={styles.title}>{ticket.title}</h2>
        {may_change && !masked && (
          <Button
            type="text"
            icon={<EditOutlined aria-hidden />}
            aria-label={t('tickets.edit')}
            onClick={() => setWriting(true)}
          />
        )}
      </div>
      {ticket.description ? (
        <p className={styles.text}>{ticket.description}</p>
      ) : (
        <p className={styles.soft}>{t('tickets.noDescription')}</p>
      )}
      {may_change && <Steps editing={editing} />}
    </div>
  );
}

/** A button for every state that may follow. */
function Steps({ editing }: { editing: Editing }) {
  const { t } = useTranslation();
  const { kind } = useKnown();
  const [target, setTarget] = useState<TicketState | null>(null);
  const { ticket } = editing.view;
  const states = reachable(kind(ticket.kind_id), ticket.state).slice(1);
  return (
    <div className={styles.states}>
      <span className={styles.soft}>{t('tickets.changeState')}</span>
      {states.map((state) => (
        <Button key={state.code} size="small" disabled={editing.busy} onClick={() => setTarget(state)}>
          {state.name}
        </Button>
      ))}
      {target && (
        <MoveDialog
          number={ticket.number}
          to={target}
          onClose={() => setTarget(null)}
          onConfirm={async (why) => {
            if (await editing.change({ state: target.code }, why)) setTarget(null);
          }}
        />
      )}
    </div>
  );
}
