import { memo } from 'react';
import { useTranslation } from 'react-i18next';
import { AtRisk } from '@/shared/AtRisk';
import type { ConversationItem, Label } from '@/shared/api';
import { intentName } from '@/shared/intents';
import { LabelChip } from '@/shared/LabelChip';
import { Emotion, Level, Waiting } from '@/shared/Meaning';
import { customerName } from '@/shared/names';
import { usePreferences } from '@/shared/preferences';
import { useMe } from '@/shared/session';
import { shortMoment } from '@/shared/time';
import styles from './inbox.module.css';
import { isUnread } from './list';

interface Props {
  item: ConversationItem;
  selected: boolean;
  onOpen: (id: string) => void;
}

/** One conversation: who, what they said last, how long they wait, how it stands. */
export const Row = memo(function Row({ item, selected, onOpen }: Props) {
  const { t } = useTranslation();
  const { locale } = usePreferences();
  const me = useMe().staff.id;
  const head = item.conversation;
  const unread = isUnread(item);
  const waits = head.waiting_since && head.state !== 'pending' && head.state !== 'resolved';
  const owner = head.assignee_id === me ? t('list.me') : (head.assignee_name ?? '');
  return (
    <button
      type="button"
      className={styles.row}
      aria-current={selected}
      data-unread={unread}
      onClick={() => onOpen(head.id)}
    >
      <span className={styles.line}>
        <strong>{customerName(item, t)}</strong>
        <Level level={head.level} />
        <span className={styles.fill} />
        {waits ? (
          <Waiting since={head.waiting_since} due={head.due_at} clock={head.due_clock} />
        ) : (
          <time dateTime={head.last_message_at}>{shortMoment(head.last_message_at, Date.now())}</time>
        )}
      </span>
      <span className={styles.preview}>
        {unread && <i className={styles.dot} role="img" aria-label={t('list.unread')} />}
        <span>{head.preview}</span>
      </span>
      <span className={styles.line}>
        <small>{head.intent ? intentName(head.intent, locale) : ''}</small>
        <Emotion emotion={head.emotion} />
        <AtRisk id={head.id} />
        <Labels labels={item.labels} />
        <span className={styles.fill} />
        <small>{head.state === 'open' ? owner || t('list.unassigned') : t(`state.${head.state}`)}</small>
      </span>
    </button>
  );
});

/** As many as there is room for in a line; the rest as a number. */
const SHOWN = 2;

function Labels({ labels }: { labels: Label[] }) {
  if (labels.length === 0) return null;
  return (
    <span className={styles.labels} title={labels.map(({ name }) => name).join(' ')}>
      {labels.slice(0, SHOWN).map((label) => (
        <LabelChip key={label.id} label={label} />
      ))}
      {labels.length > SHOWN && <small>+{labels.length - SHOWN}</small>}
    </span>
  );
}
