import { ApartmentOutlined, CheckSquareOutlined, MessageOutlined, StopOutlined, SwapOutlined } from '@ant-design/icons';
import { Button, Dropdown } from 'antd';
import { type KeyboardEvent, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link, useLocation } from 'react-router';
import { AtRisk } from '@/shared/AtRisk';
import { Level } from '@/shared/Meaning';
import type { TicketCard, TicketKind, TicketState } from '@/shared/tickets';
import { reachable } from './board';
import { Due } from './Due';
import { isDone } from './states';
import styles from './tickets.module.css';

interface Props {
  card: TicketCard;
  kind: TicketKind | undefined;
  department: string;
  /** Whether the reader may change it. */
  changeable: boolean;
  /** Whether the columns are the states of one kind, which then needs not be said again. */
  ofOneKind: boolean;
  dragged: boolean;
  onDrag: (card: TicketCard | null) => void;
  onMove: (card: TicketCard, to: TicketState) => void;
}

/** A ticket on the board: dragged with the mouse, moved with its menu, opened by its title. */
export function Card({ card, kind, department, changeable, ofOneKind, dragged, onDrag, onMove }: Props) {
  const { t } = useTranslation();
  const { search } = useLocation();
  const [open, setOpen] = useState(false);
  const state = kind?.states.find(({ code }) => code === card.state)?.name;
  const where = ofOneKind ? [department] : [kind?.name, department, state];
  const pressed = (event: KeyboardEvent) => {
    if (event.key.toLowerCase() !== 'm' || event.ctrlKey || event.metaKey || event.altKey || !changeable) return;
    event.preventDefault();
    setOpen(true);
  };
  return (
    <li
      className={styles.card}
      draggable={changeable}
      data-dragged={dragged}
      onDragStart={(event) => {
        event.dataTransfer.effectAllowed = 'move';
        event.dataTransfer.setData('text/plain', card.number);
        onDrag(card);
      }}
      onDragEnd={() => onDrag(null)}
      onKeyDown={pressed}
    >
      <span className={styles.cardTop}>
        <small>{card.number}</small>
        <Level level={card.level} />
        <AtRisk id={card.id} alone />
        <span className={styles.fill} />
        <Due due={card.due_at} done={isDone(card)} />
        {changeable && kind && (
          <MoveMenu card={card} kind={kind} open={open} onOpen={setOpen} onMove={(to) => onMove(card, to)} />
        )}
      </span>
      <Link className={styles.cardTitle} to={`/tickets/${card.id}${search}`} title={card.title} draggable={false}>
        {card.title}
      </Link>
      <span className={styles.cardEnd}>
        <span>{where.filter(Boolean).join(' · ')}</span>
        <Marks card={card} />
        <span className={styles.owner} title={card.owner_name ?? undefined}>
          {card.owner_name ?? <small>{t('tickets.nobody')}</small>}
        </span>
      </span>
    </li>
  );
}

interface MenuProps {
  card: TicketCard;
  kind: TicketKind;
  open: boolean;
  onOpen: (open: boolean) => void;
  onMove: (to: TicketState) => void;
}

/** Every state that the ticket can take: what the mouse does by dragging, the keyboard does here. */
function MoveMenu({ card, kind, open, onOpen, onMove }: MenuProps) {
  const { t } = useTranslation();
  const items = reachable(kind, card.state)
    .slice(1)
    .map((state) => ({
      key: state.code,
      label: state.name,
      extra: state.customer_text ? <small>{t('tickets.tells')}</small> : undefined,
      onClick: () => onMove(state),
    }));
  return (
    <Dropdown trigger={['click']} open={open} onOpenChange={onOpen} menu={{ items, autoFocus: true }}>
      <Button
        type="text"
        size="small"
        icon={<SwapOutlined aria-hidden />}
        aria-label={t('tickets.move', { number: card.number })}
        title={t('tickets.moveHint')}
      />
    </Dropdown>
  );
}

/** What hangs on a ticket, in figures: only where there is something. */
function Marks({ card }: { card: TicketCard }) {
  const { t } = useTranslation();
  const parts = { total: 0, done: 0, ...card.parts };
  const checklist = { total: 0, done: 0, ...card.checklist };
  return (
    <>
      {card.blocked && (
        <small className={styles.blocked} title={t('tickets.isBlocked')}>
          <StopOutlined aria-hidden /> {t('tickets.blocked')}
        </small>
      )}
      {parts.total > 0 && (
        <small title={t('tickets.progress', { done: parts.done, all: parts.total })}>
          <ApartmentOutlined aria-hidden /> {parts.done}/{parts.total}
        </small>
      )}
      {checklist.total > 0 && (
        <small title={`${t('tickets.checklist')} ${checklist.done}/${checklist.total}`}>
          <CheckSquareOutlined aria-hidden /> {checklist.done}/{checklist.total}
        </small>
      )}
      {card.comments > 0 && (
        <small title={`${t('tickets.comments')} ${card.comments}`}>
          <MessageOutlined aria-hidden /> {card.comments}
        </small>
      )}
    </>
  );
}
