import { Button, Skeleton } from 'antd';
import { type DragEvent, type ReactNode, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Again } from '@/shared/Again';
import type { TicketCard, TicketColumn, TicketState } from '@/shared/tickets';
import { keyOf, statesIn } from './board';
import { Card } from './Card';
import type { Wanted } from './filters';
import styles from './tickets.module.css';
import { useKnown } from './useKnown';
import { useMove } from './useMove';
import { useBoard } from './useTickets';

interface Props {
  wanted: Wanted;
  onWanted: (changes: Partial<Wanted>) => void;
}

/** Tickets by their state: of one kind by its own states, of all kinds by what states mean. */
export function BoardView({ wanted, onWanted }: Props) {
  const { t } = useTranslation();
  const board = useBoard(wanted);
  const known = useKnown();
  const { move, dialog } = useMove(wanted);
  const [dragged, setDragged] = useState<TicketCard | null>(null);
  if (board.isPending) return <Skeleton active className={styles.failed} paragraph={{ rows: 8 }} />;
  if (!board.data) {
    return (
      <p role="alert" className={styles.failed}>
        {board.error?.message} <Again query={board} />
      </p>
    );
  }
  const kind = known.kind(wanted.kind);
  const nameOf = ({ state, category }: TicketColumn) =>
    kind?.states.find(({ code }) => code === state)?.name ?? t(`tickets.category_${category}`);
  return (
    <div className={styles.board} data-testid="board">
      {board.data.columns.map((column) => (
        <Column
          key={keyOf(column)}
          column={column}
          name={nameOf(column)}
          dragged={dragged}
          targets={dragged ? statesIn(column, known.kind(dragged.kind_id), dragged.state) : []}
          onDropped={(to) => dragged && move(dragged, to)}
          onAll={() => onWanted({ layout: 'table' })}
        >
          {column.cards.map((card) => (
            <Card
              key={card.id}
              card={card}
              kind={known.kind(card.kind_id)}
              department={known.department(card.department_id)}
              changeable={known.mayEdit}
              ofOneKind={kind !== undefined}
              dragged={card.id === dragged?.id}
              onDrag={setDragged}
              onMove={move}
            />
          ))}
        </Column>
      ))}
      {dialog}
    </div>
  );
}

interface ColumnProps {
  column: TicketColumn;
  name: string;
  dragged: TicketCard | null;
  /** The states that the dragged ticket can take here. */
  targets: TicketState[];
  onDropped: (to: TicketState) => void;
  onAll: () => void;
  children: ReactNode[];
}

function Column({ column, name, dragged, targets, onDropped, onAll, children }: ColumnProps) {
  const { t } = useTranslation();
  const [over, setOver] = useState(false);
  const [target] = targets;
  const home = targets.some(({ code }) => code === dragged?.state);
  const hidden = column.count - column.cards.length;
  const drop = !dragged || home ? undefined : target ? (over ? 'over' : 'yes') : 'no';
  const dragging = (event: DragEvent) => {
    if (!target || home) return;
    event.preventDefault();
    setOver(event.type === 'dragover');
    if (event.type === 'drop') onDropped(target);
  };
  return (
    <section
      className={styles.column}
      aria-label={name}
      data-drop={drop}
      onDragOver={dragging}
      onDragLeave={dragging}
      onDrop={dragging}
    >
      <header className={styles.columnHead}>
        <h2 title={name}>{name}</h2>
        <small>{column.count}</small>
      </header>
      {children.length === 0 && <p className={styles.none}>{t('tickets.emptyColumn')}</p>}
      <ul className={styles.cards} aria-label={name}>
        {children}
        {hidden > 0 && (
          <li>
            <Button type="link" size="small" onClick={onAll}>
              {t('tickets.moreInColumn', { count: hidden })}
            </Button>
          </li>
        )}
      </ul>
    </section>
  );
}
