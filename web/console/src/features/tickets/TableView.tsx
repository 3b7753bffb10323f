import { Button, Checkbox, Empty, Skeleton } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link, useLocation } from 'react-router';
import { Again } from '@/shared/Again';
import { LabelChip } from '@/shared/LabelChip';
import { Level } from '@/shared/Meaning';
import type { TicketCard, TicketSort } from '@/shared/tickets';
import { shortMoment } from '@/shared/time';
import { BulkBar } from './BulkBar';
import { Due } from './Due';
import { filtersIn, type Wanted } from './filters';
import { StateTag } from './StateTag';
import { isDone } from './states';
import styles from './tickets.module.css';
import { useKnown } from './useKnown';
import { useList } from './useTickets';

interface Props {
  wanted: Wanted;
  onWanted: (changes: Partial<Wanted>) => void;
}

/** Tickets one below the other: to sort, to search, to change many at once. */
export function TableView({ wanted, onWanted }: Props) {
  const { t } = useTranslation();
  const list = useList(wanted);
  const { mayEdit } = useKnown();
  const [chosen, setChosen] = useState<ReadonlySet<string>>(new Set());
  const items = list.data?.pages.flatMap((page) => page.items) ?? [];
  const selected = items.filter(({ id }) => chosen.has(id));
  const toggle = (ids: string[], on: boolean) => {
    const next = new Set(chosen);
    for (const id of ids) on ? next.add(id) : next.delete(id);
    setChosen(next);
  };
  if (list.isPending) return <Skeleton active className={styles.failed} paragraph={{ rows: 8 }} />;
  if (!list.data) {
    return (
      <p role="alert" className={styles.failed}>
        {list.error?.message} <Again query={list} />
      </p>
    );
  }
  return (
    <>
      {selected.length > 0 && <BulkBar tickets={selected} onClear={() => setChosen(new Set())} />}
      <div className={styles.tableBox}>
        <table className={styles.table} aria-label={t('tickets.title')}>
          <Head
            wanted={wanted}
            onWanted={onWanted}
            all={mayEdit && items.length > 0 ? selected.length === items.length : null}
            some={selected.length > 0}
            onAll={(on) =>
              toggle(
                items.map(({ id }) => id),
                on,
              )
            }
          />
          <tbody>
            {items.map((card) => (
              <Row
                key={card.id}
                card={card}
                selected={mayEdit ? chosen.has(card.id) : null}
                onSelect={(on) => toggle([card.id], on)}
              />
            ))}
          </tbody>
        </table>
        {items.length === 0 && (
          <Empty
            image={Empty.PRESENTED_IMAGE_SIMPLE}
            description={t(filtersIn(wanted).length > 0 || wanted.q ? 'tickets.emptyFiltered' : 'tickets.empty')}
          />
        )}
        {list.hasNextPage && (
          <p className={styles.moreRow}>
            <Button loading={list.isFetchingNextPage} onClick={() => void list.fetchNextPage()}>
              {t('tickets.more')}
            </Button>
          </p>
        )}
      </div>
    </>
  );
}

interface HeadProps extends Props {
  /** Whether all are selected; null where nothing can be. */
  all: boolean | null;
  some: boolean;
  onAll: (on: boolean) => void;
}

function Head({ wanted, onWanted, all, some, onAll }: HeadProps) {
  const { t } = useTranslation();
  const sorted = (name: string, sort: TicketSort, order: 'ascending' | 'descending', width: number) => (
    <th scope="col" aria-sort={wanted.sort === sort ? order : undefined} style={{ width }}>
      <button type="button" onClick={() => onWanted({ sort })}>
        {name}
      </button>
    </th>
  );
  return (
    <thead>
      <tr>
        {all !== null && (
          <th scope="col" style={{ width: 36 }}>
            <Checkbox
              checked={all}
              indeterminate={some && !all}
              onChange={(event) => onAll(event.target.checked)}
              aria-label={t('tickets.selectAll')}
            />
          </th>
        )}
        {sorted(t('tickets.number'), 'created', 'descending', 130)}
        <th scope="col">{t('tickets.ticketTitle')}</th>
        <th scope="col" style={{ width: 100 }}>
          {t('tickets.kind')}
        </th>
        <th scope="col" style={{ width: 100 }}>
          {t('tickets.state')}
        </th>
        {sorted(t('tickets.level'), 'level', 'descending', 92)}
        <th scope="col" style={{ width: 100 }}>
          {t('tickets.department')}
        </th>
        <th scope="col" style={{ width: 100 }}>
          {t('tickets.owner')}
        </th>
        {sorted(t('tickets.due'), 'due', 'ascending', 104)}
        {sorted(t('tickets.changed'), 'updated', 'descending', 84)}
      </tr>
    </thead>
  );
}

interface RowProps {
  card: TicketCard;
  selected: boolean | null;
  onSelect: (on: boolean) => void;
}

function Row({ card, selected, onSelect }: RowProps) {
  const { t } = useTranslation();
  const { search } = useLocation();
  const known = useKnown();
  const labels = known.labels.filter(({ id }) => card.label_ids.includes(id));
  return (
    <tr aria-selected={selected ?? undefined}>
      {selected !== null && (
        <td>
          <Checkbox
            checked={selected}
            onChange={(event) => onSelect(event.target.checked)}
            aria-label={t('tickets.select', { number: card.number })}
          />
        </td>
      )}
      <td className={styles.number}>{card.number}</td>
      <td>
        <Link to={`/tickets/${card.id}${search}`} title={card.title}>
          {card.title}
        </Link>{' '}
        {labels.map((label) => (
          <LabelChip key={label.id} label={label} />
        ))}
      </td>
      <td>{known.kind(card.kind_id)?.name}</td>
      <td>
        <StateTag card={card} />
      </td>
      <td>{card.level > 1 ? <Level level={card.level} /> : <small>{t('level.1')}</small>}</td>
      <td>{known.department(card.department_id)}</td>
      <td title={card.owner_name ?? undefined}>{card.owner_name ?? <small>{t('tickets.nobody')}</small>}</td>
      <td>
        <Due due={card.due_at} done={isDone(card)} />
      </td>
      <td>
        <small>{shortMoment(card.updated_at, Date.now())}</small>
      </td>
    </tr>
  );
}
