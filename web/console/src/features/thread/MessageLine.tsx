import { Tooltip } from 'antd';
import { lazy, memo, Suspense, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Message } from '@/shared/api';
import { intentName } from '@/shared/intents';
import { Emotion } from '@/shared/Meaning';
import { usePreferences } from '@/shared/preferences';
import { timeOfDay, wholeMoment } from '@/shared/time';
import { Content } from './Content';
import { citationOf } from './citation';
import { Editing } from './Editing';
import { Formerly } from './Formerly';
import { MessageMenu } from './MessageMenu';
import styles from './message.module.css';
import { useRewriting, wordsOf } from './rewriting';

const Cited = lazy(() => import('./Cited'));

interface Understanding {
  intents: { name: string; confidence: number }[];
  emotion: string;
  sentiment: number;
  urgency: number;
}

interface Props {
  message: Message;
  customer: string;
  continues: boolean;
  /** Whether to say if the customer has read it. */
  read: boolean | null;
}

/** One message: the customer on the left, the service on the right, what is for staff only in its own colour. */
export const MessageLine = memo(function MessageLine({ message, customer, continues, read }: Props) {
  const { t } = useTranslation();
  const { drafts } = useRewriting();
  const [editing, setEditing] = useState(drafts.has(message.seq));
  const [translation, setTranslation] = useState<string | null>(null);
  if (message.content.type === 'system') return <Event message={message} />;
  const edit = (on: boolean) => {
    if (!on) drafts.delete(message.seq);
    setEditing(on);
  };
  const { kind, name } = message.author;
  const note = message.kind === 'note';
  const citation = citationOf(message);
  const words = wordsOf(message);
  const author = kind === 'customer' ? customer : kind === 'assistant' ? t('thread.assistant') : (name ?? '');
  return (
    <article
      className={styles.line}
      data-side={kind === 'customer' ? 'customer' : 'service'}
      data-continues={continues}
    >
      {!continues && (
        <header>
          {note && <b>{t('thread.note')}</b>}
          <span>{author}</span>
          <time dateTime={message.created_at} title={wholeMoment(message.created_at)}>
            {timeOfDay(message.created_at)}
          </time>
        </header>
      )}
      <div className={styles.said}>
        <div className={styles.bubble} data-look={note ? 'note' : kind} data-editing={editing}>
          {editing && words !== null ? (
            <Editing message={message} text={words} onClose={() => edit(false)} />
          ) : (
            <Content message={message} />
          )}
          {translation && <p className={styles.translation}>{translation}</p>}
        </div>
        {!editing && <MessageMenu message={message} onEdit={() => edit(true)} onTranslated={setTranslation} />}
      </div>
      <Formerly message={message} />
      {citation && (
        <Suspense>
          <Cited message={message} citation={citation} />
        </Suspense>
      )}
      {kind === 'customer' && <Understood of={message.understanding as Understanding | null} />}
      {read !== null && <small className={styles.read}>{t(read ? 'thread.read' : 'thread.delivered')}</small>}
    </article>
  );
});

/** What the assistant read from it: one quiet line, the rest when asked for. */
function Understood({ of }: { of: Understanding | null }) {
  const { t } = useTranslation();
  const { locale } = usePreferences();
  const best = of?.intents[0];
  if (!of || !best) return null;
  const all = of.intents.slice(0, 3).map(({ name, confidence }) => (
    <div key={name}>
      {intentName(name, locale)} · {t('thread.confidence', { percent: Math.round(confidence * 100) })}
    </div>
  ));
  const more = (
    <>
      <strong>{t('thread.understood')}</strong>
      {all}
      <div>
        {t('thread.sentiment')} {of.sentiment.toFixed(1)} · {t('thread.urgency')} {of.urgency}/3
      </div>
    </>
  );
  return (
    <Tooltip title={more} placement="bottomLeft">
      <small className={styles.understood}>
        {intentName(best.name, locale)} {Math.round(best.confidence * 100)}% <Emotion emotion={of.emotion} />
      </small>
    </Tooltip>
  );
}

const EVENTS = {
  handoff_waiting: 'thread.handoff_waiting',
  handoff_assigned: 'thread.takenOver',
  resolved: 'thread.resolved',
  reopened: 'thread.reopened',
  transferring: 'transfer.customerTold',
} as const;

function Event({ message }: { message: Message }) {
  const { t } = useTranslation();
  const { locale } = usePreferences();
  if (message.content.type !== 'system') return null;
  const { code, text } = message.content;
  const known = EVENTS[code as keyof typeof EVENTS];
  const named = code === 'handoff_assigned' && locale === 'zh';
  return (
    <div className={styles.event}>
      {known ? named ? text : t(known) : <Content message={message} />}
      <time dateTime={message.created_at} title={wholeMoment(message.created_at)}>
        {timeOfDay(message.created_at)}
      </time>
    </div>
  );
}
