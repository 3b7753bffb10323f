import { DownOutlined } from '@ant-design/icons';
import { useVirtualizer } from '@tanstack/react-virtual';
import { Button, Spin } from 'antd';
import dayjs from 'dayjs';
import { type RefObject, useEffect, useLayoutEffect, useMemo, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Conversation } from '@/shared/api';
import { dayAndTime } from '@/shared/time';
import { type Entry, entriesOf } from './entries';
import { MessageLine } from './MessageLine';
import messageStyles from './message.module.css';
import type { ThreadState, ThreadStore } from './store';
import { lastSeq, type Outgoing } from './stretch';
import styles from './thread.module.css';

const NEAR_END = 80;

interface Props {
  store: ThreadStore;
  state: ThreadState;
  head: Conversation;
  customer: string;
  /** The end of the thread is on the screen. */
  onSeen: (seq: number) => void;
}

/** The messages. Only what is on the screen exists, so a thread of thousands is as quick as one of ten. */
export function Messages({ store, state, head, customer, onSeen }: Props) {
  const { t } = useTranslation();
  const { stretch, outgoing, loadingOlder } = state;
  const entries = useMemo(
    () => entriesOf(stretch.messages, outgoing, stretch.hasOlder),
    [stretch.messages, stretch.hasOlder, outgoing],
  );
  const scroller = useRef<HTMLDivElement>(null);
  const [atEnd, setAtEnd] = useState(true);
  const virtual = useVirtualizer({
    count: entries.length,
    getScrollElement: () => scroller.current,
    estimateSize: () => 64,
    getItemKey: (index) => entries[index]?.key ?? index,
    overscan: 10,
    paddingStart: 16,
    paddingEnd: 16,
    anchorTo: 'end',
    followOnAppend: true,
    scrollEndThreshold: NEAR_END,
    onChange: (instance) => setAtEnd(instance.isAtEnd(NEAR_END)),
  });

  const ends = useRef(virtual);
  ends.current = virtual;
  useLayoutEffect(() => ends.current.scrollToEnd(), []);
  const sentCount = outgoing.length;
  useEffect(() => {
    if (sentCount > 0) ends.current.scrollToEnd();
  }, [sentCount]);

  useStayAtEnd(scroller, () => ends.current.scrollToEnd());

  const shown = virtual.getVirtualItems();
  const firstShown = shown[0]?.index ?? 0;
  const { hasOlder } = stretch;
  useEffect(() => {
    if (hasOlder && !loadingOlder && firstShown < 5) void store.loadOlder();
  }, [firstShown, hasOlder, loadingOlder, store]);

  const last = lastSeq(stretch);
  const seenBefore = useRef(last);
  const owner = head.assignee_id;
  // biome-ignore lint/correctness/useExhaustiveDependencies: who takes a conversation has seen what is on their screen
  useEffect(() => {
    if (!atEnd) return;
    seenBefore.current = last;
    const seen = () => onSeen(last);
    seen();
    document.addEventListener('visibilitychange', seen);
    return () => document.removeEventListener('visibilitychange', seen);
  }, [atEnd, last, owner, onSeen]);

  const lastSent = stretch.messages.findLast(
    ({ author, kind, recalled }) => author.kind === 'staff' && kind !== 'note' && !recalled,
  )?.seq;
  const readSeq = Math.max(head.customer_read_seq, state.readSeq);

  return (
    <div className={styles.messages}>
      {loadingOlder && (
        <span className={styles.older} role="status">
          <Spin size="small" /> {t('thread.older')}
        </span>
      )}
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: a keyboard has to be able to scroll it */}
      <div ref={scroller} className={styles.scroller} tabIndex={0} role="log" aria-label={t('thread.label')}>
        <div className={styles.sheet} style={{ height: virtual.getTotalSize() }}>
          {shown.map(({ key, index, start }) => (
            <div
              key={key}
              ref={virtual.measureElement}
              data-index={index}
              className={styles.entry}
              style={{ transform: `translateY(${start}px)` }}
            >
              <Line
                entry={entries[index] as Entry}
                customer={customer}
                store={store}
                lastSent={lastSent}
                readSeq={readSeq}
              />
            </div>
          ))}
        </div>
      </div>
      {!atEnd && (
        <Button
          className={styles.toEnd}
          shape="round"
          icon={<DownOutlined aria-hidden />}
          onClick={() => virtual.scrollToEnd()}
        >
          {last > seenBefore.current ? t('thread.newBelow') : t('thread.toEnd')}
        </Button>
      )}
    </div>
  );
}

interface LineProps {
  entry: Entry;
  customer: string;
  store: ThreadStore;
  lastSent: number | undefined;
  readSeq: number;
}

function Line({ entry, customer, store, lastSent, readSeq }: LineProps) {
  const { t } = useTranslation();
  switch (entry.type) {
    case 'start':
      return <div className={messageStyles.event}>{t('thread.start', { time: dayAndTime(entry.at) })}</div>;
    case 'day':
      return <div className={messageStyles.event}>{dayName(entry.at, t('thread.today'), t('thread.yesterday'))}</div>;
    case 'outgoing':
      return <OutgoingLine sent={entry.sent} store={store} />;
    case 'message': {
      const read = entry.message.seq === lastSent ? readSeq >= entry.message.seq : null;
      return <MessageLine message={entry.message} customer={customer} continues={entry.continues} read={read} />;
    }
  }
}

function dayName(iso: string, today: string, yesterday: string): string {
  const day = dayjs(iso).startOf('day');
  const ago = dayjs().startOf('day').diff(day, 'day');
  return ago === 0 ? today : ago === 1 ? yesterday : day.format('YYYY-MM-DD');
}

function OutgoingLine({ sent, store }: { sent: Outgoing; store: ThreadStore }) {
  const { t } = useTranslation();
  return (
    <article className={messageStyles.line} data-side="service">
      <div className={messageStyles.bubble} data-look={sent.kind === 'note' ? 'note' : 'staff'}>
        <p className={messageStyles.text}>{sent.file?.name ?? sent.text}</p>
      </div>
      {sent.failure === null ? (
        <small className={messageStyles.read}>{t('thread.sending')}</small>
      ) : (
        <small className={messageStyles.failed} role="alert">
          {t('thread.failed', { reason: sent.failure })}
          <Button type="link" size="small" onClick={() => store.resend(sent.clientId)}>
            {t('thread.resend')}
          </Button>
          <Button type="link" size="small" onClick={() => store.discard(sent.clientId)}>
            {t('thread.discard')}
          </Button>
        </small>
      )}
    </article>
  );
}

/** What is read at the end stays on the screen when something unfolds below it. */
function useStayAtEnd(scroller: RefObject<HTMLDivElement | null>, scrollToEnd: () => void): void {
  const toEnd = useRef(scrollToEnd);
  toEnd.current = scrollToEnd;
  useEffect(() => {
    const box = scroller.current;
    if (!box) return;
    let atEnd = true;
    const scrolled = () => {
      atEnd = box.scrollHeight - box.scrollTop - box.clientHeight <= NEAR_END;
    };
    const sized = new ResizeObserver(() => {
      if (atEnd) toEnd.current();
    });
    box.addEventListener('scroll', scrolled);
    sized.observe(box);
    return () => {
      box.removeEventListener('scroll', scrolled);
      sized.disconnect();
    };
  }, [scroller]);
}
