import { useQuery } from '@tanstack/react-query';
import { Button, Empty, Skeleton } from 'antd';
import { lazy, type ReactNode, Suspense, useCallback, useEffect, useMemo, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Again } from '@/shared/Again';
import { AtRisk } from '@/shared/AtRisk';
import { api, type ConversationItem, Problem } from '@/shared/api';
import { Emotion, Level, Waiting } from '@/shared/Meaning';
import { customerName } from '@/shared/names';
import { headKey } from '@/shared/queries';
import { useMay, useMe } from '@/shared/session';
import { useShortcuts } from '@/shared/shortcuts';
import { Actions, type Dialogs, type Panel } from './Actions';
import { Composer, type ComposerHandle } from './Composer';
import { useThreadCommands } from './commands';
import { Labels } from './Labels';
import { Messages } from './Messages';
import { useMarks } from './marks';
import { type Rewriting, RewritingContext } from './rewriting';
import { Story } from './Story';
import type { SuggestedHandle } from './Suggested';
import { type ThreadStore, useThread } from './store';
import { lastSeq, unanswered } from './stretch';
import styles from './thread.module.css';
import { Viewers } from './Viewers';
import { useWork } from './work';

const MacroMenu = lazy(() => import('./MacroMenu'));
const Suggested = lazy(() => import('./Suggested'));
const Trace = lazy(() => import('./Trace'));

interface Props {
  id: string;
  onChanged: (item: ConversationItem) => void;
  /** Go on with the next one: this one is in other hands. */
  onGone: () => void;
  /** The conversation has become a part of this one. */
  onMoved: (id: string) => void;
  dialogs: Dialogs;
  panel: Panel;
  /** Between the head and what was said. */
  banner: ReactNode;
}

/** One conversation, open. Mounted anew for each. */
export function Thread({ id, ...rest }: Props) {
  const { t } = useTranslation();
  const head = useQuery({ queryKey: headKey(id), queryFn: () => api.conversation(id) });
  const { onMoved } = rest;
  const mergedInto = head.error instanceof Problem ? head.error.mergedInto : undefined;
  useEffect(() => {
    if (mergedInto) onMoved(mergedInto);
  }, [mergedInto, onMoved]);
  if (head.isPending) return <Skeleton className={styles.pending} active avatar paragraph={{ rows: 6 }} />;
  if (!head.data)
    return (
      <Empty
        className={styles.nothing}
        image={Empty.PRESENTED_IMAGE_SIMPLE}
        description={head.error?.message ?? t('thread.missing')}
      >
        <Again query={head} />
      </Empty>
    );
  return <Opened item={head.data} {...rest} />;
}

function Opened({ item, ...props }: Omit<Props, 'id'> & { item: ConversationItem }) {
  const { onChanged, onGone, onMoved, dialogs, panel, banner } = props;
  const { t } = useTranslation();
  const me = useMe().staff.id;
  const mayReply = useMay('conversations.reply');
  const head = item.conversation;
  const customer = customerName(item, t);
  const [store, state] = useThread(head.id, me);
  const work = useWork({ item, onChanged, onGone });
  const marks = useMarks({ item, onChanged, onMoved, onGone });
  const rewriting = useLines(store, item, dialogs);
  const { mergedInto } = state;
  useEffect(() => {
    if (mergedInto) onMoved(mergedInto);
  }, [mergedInto, onMoved]);
  const composer = useRef<ComposerHandle>(null);
  const suggested = useRef<SuggestedHandle>(null);
  const [snoozing, setSnoozing] = useState(false);
  const seen = useSeen(item, onChanged);

  useThreadCommands(item, {
    take: () => void work.take(),
    reopen: () => void work.reopen(),
    resolve: () => dialogs.resolve(item),
    promise: () => dialogs.promise(item),
    snooze: () => setSnoozing(true),
    reply: () => composer.current?.write('reply'),
    note: () => composer.current?.write('note'),
    follow: () => marks.toggleFollow(),
  });
  useShortcuts(
    useMemo(
      () => ({
        KeyL: () => composer.current?.write('reply'),
        KeyP: () => composer.current?.write('note'),
        KeyM: () => setSnoozing(true),
        KeyE: () => {
          if (mayReply && head.state !== 'resolved') dialogs.resolve(item);
        },
      }),
      [mayReply, head.state, dialogs, item],
    ),
  );

  return (
    <section className={styles.thread} aria-label={t('thread.label')}>
      <header className={styles.head}>
        <div className={styles.who}>
          <div className={styles.name}>
            <h1>{customer}</h1>
            <Labels item={item} marks={marks} />
          </div>
          <span>
            <Level level={head.level} long />
            <Emotion emotion={head.emotion} />
            <AtRisk id={head.id} alone />
            <small>
              {t(`state.${head.state}`)}
              {head.assignee_name && ` · ${head.assignee_id === me ? t('list.me') : head.assignee_name}`}
            </small>
            {head.state === 'open' && <Waiting since={head.waiting_since} due={head.due_at} clock={head.due_clock} />}
            {head.spam && <small>{t('marks.isSpam')}</small>}
          </span>
        </div>
        <Viewers viewers={state.viewers} />
        <Actions
          item={item}
          work={work}
          marks={marks}
          dialogs={dialogs}
          snoozing={snoozing}
          onSnoozing={setSnoozing}
          panel={panel}
        />
      </header>
      {banner}
      {head.handoff && <Story story={head.handoff} />}
      <Suspense>
        <Trace id={head.id} seq={lastSeq(state.stretch)} />
      </Suspense>
      {state.status === 'loading' && <Skeleton className={styles.pending} active paragraph={{ rows: 6 }} />}
      {state.status === 'failed' && (
        <Empty className={styles.nothing} description={state.problem?.message}>
          <Button onClick={() => void store.load()}>{t('app.retry')}</Button>
        </Empty>
      )}
      {state.status === 'ready' && (
        <RewritingContext value={rewriting}>
          <Messages store={store} state={state} head={head} customer={customer} onSeen={seen} />
        </RewritingContext>
      )}
      <p className={styles.typing} role="status">
        {state.typing &&
          t('thread.typing', { name: state.typing.kind === 'customer' ? customer : t('thread.assistant') })}
      </p>
      {state.colliding && (
        <p className={styles.collision} role="alert">
          {t('thread.collision', { name: state.colliding.name ?? '' })}
        </p>
      )}
      {mayReply && head.state !== 'resolved' && (
        <Suspense>
          <Suggested
            ref={suggested}
            id={head.id}
            seq={unanswered(state.stretch)}
            onInsert={(text) => composer.current?.insert(text)}
          />
        </Suspense>
      )}
      {mayReply && (
        <Composer
          ref={composer}
          head={head}
          onSend={(said) => {
            store.send(said);
            if (said.kind === 'reply') suggested.current?.sent(said.text);
          }}
          tools={
            <Suspense>
              <MacroMenu item={item} onChanged={onChanged} onResolved={onGone} />
            </Suspense>
          }
        />
      )}
    </section>
  );
}

/** What each line of the thread may offer. */
function useLines(store: ThreadStore, item: ConversationItem, dialogs: Dialogs): Rewriting {
  const me = useMe().staff.id;
  const mayReply = useMay('conversations.reply');
  const reviews = useMay('quality.review');
  const opensTickets = useMay('tickets.edit');
  const latest = useRef(item);
  latest.current = item;
  const abilities = useQuery({ queryKey: ['abilities'], queryFn: api.abilities, staleTime: Number.POSITIVE_INFINITY });
  const translates = Boolean(abilities.data?.translation);
  const drafts = useRef(new Map<number, string>());
  return useMemo(
    () => ({
      me,
      mayReply,
      reviews,
      translates,
      onTicket: opensTickets ? (message) => dialogs.ticket(latest.current, message) : null,
      drafts: drafts.current,
      onChanged: (message) => store.join([message]),
    }),
    [me, mayReply, reviews, translates, opensTickets, dialogs, store],
  );
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
