import { useQuery } from '@tanstack/react-query';
import { Button, Empty, Skeleton } from 'antd';
import { lazy, Suspense, useCallback, useMemo, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { api, type ConversationItem } from '@/shared/api';
import { Emotion, Level, Waiting } from '@/shared/Meaning';
import { customerName } from '@/shared/names';
import { headKey } from '@/shared/queries';
import { useMay, useMe } from '@/shared/session';
import { useShortcuts } from '@/shared/shortcuts';
import { Actions, type Panel } from './Actions';
import { Composer, type ComposerHandle } from './Composer';
import { Messages } from './Messages';
import { Story } from './Story';
import { useThread } from './store';
import styles from './thread.module.css';
import { useWork } from './work';

const MacroMenu = lazy(() => import('./MacroMenu'));

interface Props {
  id: string;
  onChanged: (item: ConversationItem) => void;
  /** Go on with the next one. */
  onResolved: () => void;
  panel: Panel;
}

/** One conversation, open. Mounted anew for each. */
export function Thread({ id, ...rest }: Props) {
  const { t } = useTranslation();
  const head = useQuery({ queryKey: headKey(id), queryFn: () => api.conversation(id) });
  if (head.isPending) return <Skeleton className={styles.pending} active avatar paragraph={{ rows: 6 }} />;
  if (!head.data) return <Empty className={styles.nothing} description={head.error?.message ?? t('thread.missing')} />;
  return <Opened item={head.data} {...rest} />;
}

function Opened({ item, onChanged, onResolved, panel }: Omit<Props, 'id'> & { item: ConversationItem }) {
  const { t } = useTranslation();
  const me = useMe().staff.id;
  const mayReply = useMay('conversations.reply');
  const head = item.conversation;
  const customer = customerName(item, t);
  const [store, state] = useThread(head.id, me);
  const work = useWork({ item, onChanged, onResolved });
  const composer = useRef<ComposerHandle>(null);
  const [snoozing, setSnoozing] = useState(false);
  const seen = useSeen(item, onChanged);

  useShortcuts(
    useMemo(
      () => ({
        KeyL: () => composer.current?.write('reply'),
        KeyP: () => composer.current?.write('note'),
        KeyM: () => setSnoozing(true),
        KeyE: () => {
          if (mayReply && head.state !== 'resolved' && !work.busy) void work.resolve();
        },
      }),
      [mayReply, head.state, work],
    ),
  );

  return (
    <section className={styles.thread} aria-label={t('thread.label')}>
      <header className={styles.head}>
        <div className={styles.who}>
          <h1>{customer}</h1>
          <span>
            <Level level={head.level} long />
            <Emotion emotion={head.emotion} />
            <small>
              {t(`state.${head.state}`)}
              {head.assignee_name && ` · ${head.assignee_id === me ? t('list.me') : head.assignee_name}`}
            </small>
            {head.state === 'open' && head.waiting_since && <Waiting since={head.waiting_since} due={head.due_at} />}
          </span>
        </div>
        <Actions head={head} work={work} snoozing={snoozing} onSnoozing={setSnoozing} panel={panel} />
      </header>
      {head.handoff && <Story story={head.handoff} />}
      {state.status === 'loading' && <Skeleton className={styles.pending} active paragraph={{ rows: 6 }} />}
      {state.status === 'failed' && (
        <Empty className={styles.nothing} description={state.problem?.message}>
          <Button onClick={() => void store.load()}>{t('app.retry')}</Button>
        </Empty>
      )}
      {state.status === 'ready' && (
        <Messages store={store} state={state} head={head} customer={customer} onSeen={seen} />
      )}
      <p className={styles.typing} role="status">
        {state.typing && <Typing kind={state.typing.kind} name={state.typing.name} customer={customer} />}
      </p>
      {mayReply && (
        <Composer
          ref={composer}
          head={head}
          onSend={(said) => store.send(said)}
          tools={
            <Suspense>
              <MacroMenu item={item} onChanged={onChanged} onResolved={onResolved} />
            </Suspense>
          }
        />
      )}
    </section>
  );
}

function Typing({ kind, name, customer }: { kind: string; name?: string | null; customer: string }) {
  const { t } = useTranslation();
  if (kind === 'staff') return <b>{t('thread.collision', { name: name ?? '' })}</b>;
  return t('thread.typing', { name: kind === 'customer' ? customer : t('thread.assistant') });
}

/** Tells that it was read, once for each end of the thread: only by whom it concerns, and only if they can see it. */
function useSeen(item: ConversationItem, onChanged: (item: ConversationItem) => void): (seq: number) => void {
  const me = useMe().staff.id;
  const latest = useRef({ item, onChanged });
  latest.current = { item, onChanged };
  const told = useRef(0);
  return useCallback(
    (seq: number) => {
      const { item, onChanged } = latest.current;
      const head = item.conversation;
      if (head.assignee_id !== me || seq <= Math.max(head.staff_read_seq, told.current) || document.hidden) return;
      told.current = seq;
      api.read(head.id, seq).then(
        () =>
          onChanged({
            ...latest.current.item,
            conversation: { ...latest.current.item.conversation, staff_read_seq: seq },
          }),
        () => {
          told.current = 0; // told again with the next message
        },
      );
    },
    [me],
  );
}
