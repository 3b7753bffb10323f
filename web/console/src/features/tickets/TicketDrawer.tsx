import { Button, Drawer, Empty, Skeleton } from 'antd';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import '@/i18n/pages/tickets';
import { Problem } from '@/shared/api';
import { Checklist } from './Checklist';
import { Comments } from './Comments';
import styles from './detail.module.css';
import { Heading, Headline } from './Heading';
import { History } from './History';
import { Links } from './Links';
import { Parts } from './Parts';
import { Related } from './Related';
import { Side } from './Side';
import { type Editing, useTicket } from './useTicket';

interface Props {
  id: string;
  /** Show another one instead. */
  onOpen: (id: string) => void;
  onClose: () => void;
  /** What else there is to say of it, above everything. */
  banner?: ReactNode;
}

/** One ticket with all that hangs on it, over whatever one was looking at. */
export default function TicketDrawer({ id, onOpen, onClose, banner }: Props) {
  const { t } = useTranslation();
  const { asked, editing } = useTicket(id);
  const gone = asked.error instanceof Problem && asked.error.status === 404;
  const unknown = t(asked.isError ? 'tickets.title' : 'tickets.loading');
  return (
    <Drawer
      open
      onClose={onClose}
      rootClassName={styles.root}
      size="min(1080px, 96vw)"
      title={editing ? <Headline editing={editing} onOpen={onOpen} /> : unknown}
      styles={{ body: { padding: 0 } }}
      aria-label={editing ? editing.view.ticket.number : unknown}
    >
      {asked.isPending && <Skeleton active className={styles.main} paragraph={{ rows: 8 }} />}
      {asked.isError && !editing && (
        <Empty image={Empty.PRESENTED_IMAGE_SIMPLE} description={gone ? t('tickets.gone') : asked.error.message}>
          {!gone && <Button onClick={() => void asked.refetch()}>{t('app.retry')}</Button>}
        </Empty>
      )}
      {editing && banner}
      {editing && <Opened key={id} editing={editing} onOpen={onOpen} />}
    </Drawer>
  );
}

function Opened({ editing, onOpen }: { editing: Editing; onOpen: (id: string) => void }) {
  const { t } = useTranslation();
  const { parent, merged_into } = editing.view;
  return (
    <div className={styles.drawer}>
      <div className={styles.main}>
        {merged_into && (
          <p className={styles.soft}>
            {t('tickets.mergedInto', { number: '' })} <Related ticket={merged_into} onOpen={onOpen} />
          </p>
        )}
        {parent && (
          <span className={styles.headline}>
            <small>{t('tickets.parent')}</small> <Related ticket={parent} onOpen={onOpen} />
          </span>
        )}
        <Heading editing={editing} />
        <Checklist editing={editing} />
        <Parts editing={editing} onOpen={onOpen} />
        <Comments editing={editing} />
        <History editing={editing} />
      </div>
      <aside className={styles.side} aria-label={t('tickets.fields')}>
        <Side editing={editing} />
        <Links editing={editing} onOpen={onOpen} />
      </aside>
    </div>
  );
}
