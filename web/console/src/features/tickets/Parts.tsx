import { PlusOutlined } from '@ant-design/icons';
import { Button, Progress } from 'antd';
import { lazy, Suspense, useState } from 'react';
import { useTranslation } from 'react-i18next';
import styles from './detail.module.css';
import { Part } from './Part';
import { Related } from './Related';
import { isDone } from './states';
import type { Editing } from './useTicket';

const NewTicket = lazy(() => import('./NewTicket'));

/** What other departments do for it: a ticket each, and how far they are. */
export function Parts({ editing, onOpen }: { editing: Editing; onOpen: (id: string) => void }) {
  const { t } = useTranslation();
  const { ticket, parts, may_change } = editing.view;
  const [adding, setAdding] = useState(false);
  const done = parts.filter(isDone).length;
  if (ticket.parent_id || (parts.length === 0 && !may_change)) return null;
  return (
    <Part
      title={t('tickets.subTickets')}
      extra={
        may_change && (
          <Button size="small" type="text" icon={<PlusOutlined aria-hidden />} onClick={() => setAdding(true)}>
            {t('tickets.addSub')}
          </Button>
        )
      }
    >
      {parts.length === 0 && <p className={styles.soft}>{t('tickets.noSubTickets')}</p>}
      {parts.length > 0 && (
        <Progress
          percent={Math.round((done / parts.length) * 100)}
          size="small"
          format={() => `${done}/${parts.length}`}
          aria-label={t('tickets.progress', { done, all: parts.length })}
        />
      )}
      <ul className={styles.related}>
        {parts.map((part) => (
          <li key={part.id}>
            <Related ticket={part} onOpen={onOpen} />
          </li>
        ))}
      </ul>
      {adding && (
        <Suspense>
          <NewTicket
            parent={ticket}
            onClose={() => setAdding(false)}
            onCreated={() => {
              setAdding(false);
              editing.refresh();
            }}
          />
        </Suspense>
      )}
    </Part>
  );
}
