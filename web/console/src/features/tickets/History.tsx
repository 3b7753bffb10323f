import { useInfiniteQuery } from '@tanstack/react-query';
import { Button, Skeleton } from 'antd';
import type { TFunction } from 'i18next';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { type TicketHistoryEntry, tickets } from '@/shared/tickets';
import { wholeMoment } from '@/shared/time';
import { toldWords } from '@/shared/told';
import styles from './detail.module.css';
import { namesIn, useWording } from './history';
import { Part } from './Part';
import type { Editing } from './useTicket';
import { historyKey } from './useTickets';

/** Of which it is only told that they are others now. */
const TEXTS = new Set(['title', 'description']);

/** What the system saw or did, which is worded as a whole. */
const TOLD = new Set(['deadline_near', 'deadline_breached', 'escalated', 'escalation_confirmed']);

const toldOf = ({ action, reason, after }: TicketHistoryEntry, t: TFunction) =>
  toldWords(action, reason ?? '', after, t);

/** Who changed what, from what to what, when and why; asked for only by whoever wants to know. */
export function History({ editing }: { editing: Editing }) {
  const { t } = useTranslation();
  const [shown, setShown] = useState(false);
  return (
    <Part title={t('tickets.history')}>
      {shown ? (
        <Entries editing={editing} />
      ) : (
        <Button size="small" style={{ justifySelf: 'start' }} onClick={() => setShown(true)}>
          {t('tickets.showHistory')}
        </Button>
      )}
    </Part>
  );
}

function Entries({ editing }: { editing: Editing }) {
  const { t } = useTranslation();
  const { id } = editing.view.ticket;
  const history = useInfiniteQuery({
    queryKey: historyKey(id),
    queryFn: ({ pageParam }) => tickets.history(id, pageParam),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: (page) => page.next_cursor ?? undefined,
    staleTime: 0,
  });
  if (history.isPending) return <Skeleton active title={false} paragraph={{ rows: 3 }} />;
  if (history.isError) return <p role="alert">{history.error.message}</p>;
  const entries = history.data.pages.flatMap((page) => page.items);
  return (
    <>
      <ol className={styles.history}>
        {entries.map((entry) => (
          <li key={entry.id}>
            <Entry entry={entry} editing={editing} />
          </li>
        ))}
      </ol>
      {history.hasNextPage && (
        <Button size="small" loading={history.isFetchingNextPage} onClick={() => void history.fetchNextPage()}>
          {t('tickets.more')}
        </Button>
      )}
    </>
  );
}

function Entry({ entry, editing }: { entry: TicketHistoryEntry; editing: Editing }) {
  const { t } = useTranslation();
  const { actionName, fieldName, valueText } = useWording(editing.view);
  return (
    <>
      <header>
        <b>{entry.actor_name || t('tickets.bySystem')}</b>
        <span>{actionName(entry.action)}</span>
        <small>
          <time dateTime={entry.at}>{wholeMoment(entry.at)}</time>
        </small>
      </header>
      {!TOLD.has(entry.action) &&
        namesIn(entry).map((name) => (
          <span key={name}>
            <small>{fieldName(name)}</small>{' '}
            {TEXTS.has(name) ? (
              t('tickets.textChanged')
            ) : (
              <>
                {name in entry.before && (
                  <>
                    <del>{valueText(name, entry.before[name])}</del> →{' '}
                  </>
                )}
                <ins>{valueText(name, entry.after[name])}</ins>
              </>
            )}
          </span>
        ))}
      {entry.reason && (
        <small>{TOLD.has(entry.action) ? toldOf(entry, t) : t('tickets.why', { why: entry.reason })}</small>
      )}
    </>
  );
}
