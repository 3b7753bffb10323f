/** One open thread: what is loaded, what is on its way, who types. Kept for a while, so that coming back is at once. */
import { useEffect, useMemo, useSyncExternalStore } from 'react';
import { api, Problem } from '@/shared/api';
import { type Author, type Frame, live, type Viewer } from '@/shared/live';
import {
  append,
  EMPTY,
  firstSeq,
  lastSeq,
  type Outgoing,
  prepend,
  type Said,
  type Stretch,
  stillOutgoing,
} from './stretch';

const PAGE = 50;
const KEPT = 20;
const TYPING_SHOWN = 5000;

export interface ThreadState {
  stretch: Stretch;
  status: 'loading' | 'ready' | 'failed';
  problem: Problem | null;
  loadingOlder: boolean;
  outgoing: Outgoing[];
  /** The customer or the assistant. */
  typing: Author | null;
  /** A colleague who writes a reply too. */
  colliding: Author | null;
  /** Colleagues who have the thread open. */
  viewers: Viewer[];
  /** Where the conversation went, if it has become a part of another. */
  mergedInto: string | null;
  /** How far the customer is known to have read, beyond what the head said. */
  readSeq: number;
}

const START: ThreadState = {
  stretch: EMPTY,
  status: 'loading',
  problem: null,
  loadingOlder: false,
  outgoing: [],
  typing: null,
  colliding: null,
  viewers: [],
  mergedInto: null,
  readSeq: 0,
};

export class ThreadStore {
  state = START;
  private observers = new Set<() => void>();
  private catchingUp = false;
  private timers = { typing: 0, colliding: 0 };
  private line = Promise.resolve();
  /** While it is open. */
  private follow: (() => void) | null = null;

  readonly id: string;
  private readonly me: string;

  constructor(id: string, me: string) {
    this.id = id;
    this.me = me;
  }

  observe = (observer: () => void): (() => void) => {
    this.observers.add(observer);
    return () => this.observers.delete(observer);
  };

  lastSeq = (): number => lastSeq(this.state.stretch);

  /** Load the end of the thread and follow it. */
  open(): () => void {
    const unlisten = live.listen((frame) => this.hear(frame));
    let unwatch: (() => void) | null = null;
    this.follow = () => {
      unwatch?.();
      unwatch = live.watch(this.id, this.lastSeq);
    };
    if (this.state.status === 'ready') {
      this.follow();
      void this.catchUp(); // what was edited while nobody looked
    } else {
      void this.load();
    }
    return () => {
      this.follow = null;
      unlisten();
      unwatch?.();
      this.set({ viewers: [] });
    };
  }

  /** From the start, and then with what comes. */
  async load(): Promise<void> {
    this.set({ status: 'loading', problem: null });
    try {
      const { messages, has_more } = await api.messages(this.id, { limit: PAGE });
      this.set({ stretch: { messages, hasOlder: has_more }, status: 'ready' });
      this.follow?.();
    } catch (problem) {
      if (!(problem instanceof Problem)) throw problem;
      this.set({ status: 'failed', problem });
    }
  }

  loadOlder = async (): Promise<void> => {
    const { stretch, loadingOlder } = this.state;
    if (loadingOlder || !stretch.hasOlder) return;
    this.set({ loadingOlder: true });
    try {
      const older = await api.messages(this.id, { before_seq: firstSeq(stretch), limit: PAGE });
      this.set({ stretch: prepend(this.state.stretch, older.messages, older.has_more), loadingOlder: false });
    } catch {
      this.set({ loadingOlder: false }); // the next scroll asks again
    }
  };

  send(said: Said): void {
    const sent: Outgoing = { ...said, clientId: crypto.randomUUID(), at: new Date().toISOString(), failure: null };
    this.set({ outgoing: [...this.state.outgoing, sent] });
    this.line = this.line.then(() => this.post(sent)); // in the order in which it was said
  }

  /** The same id again: whatever happened the first time, the customer reads it once. */
  resend(clientId: string): void {
    const sent = this.state.outgoing.find((one) => one.clientId === clientId);
    if (!sent) return;
    this.mark(clientId, null);
    void this.post(sent);
  }

  discard(clientId: string): void {
    this.set({ outgoing: this.state.outgoing.filter((one) => one.clientId !== clientId) });
  }

  private async post({ clientId, kind, text, file, mentions }: Outgoing): Promise<void> {
    const body = { kind, text, mentions, file_id: file?.file_id, client_id: clientId };
    try {
      const message = await api.write(this.id, body);
      this.join([message]);
      this.discard(clientId);
    } catch (problem) {
      this.mark(clientId, problem instanceof Problem ? problem.message : String(problem));
    }
  }

  private mark(clientId: string, failure: string | null): void {
    const outgoing = this.state.outgoing.map((one) => (one.clientId === clientId ? { ...one, failure } : one));
    this.set({ outgoing });
  }

  private hear(frame: Frame): void {
    if (frame.type === 'resync' || frame.type === 'ready') {
      void (this.state.status === 'failed' ? this.load() : this.catchUp());
      return;
    }
    if (!('conversation_id' in frame) || frame.conversation_id !== this.id) return;
    switch (frame.type) {
      case 'message':
        if (frame.message.author.kind === this.state.typing?.kind) this.set({ typing: null });
        if (frame.message.author.id === this.state.colliding?.id) this.set({ colliding: null });
        this.join([frame.message]);
        break;
      case 'typing':
        this.heardTyping(frame.author);
        break;
      case 'viewers':
        this.set({ viewers: frame.viewers.filter(({ id }) => id !== this.me) });
        break;
      case 'merged':
        if (frame.source_id === this.id) this.set({ mergedInto: frame.into });
        else void this.catchUp();
        break;
      case 'read':
        if (frame.by_customer) this.set({ readSeq: Math.max(this.state.readSeq, frame.seq) });
    }
  }

  private heardTyping(author: Author): void {
    if (author.id === this.me) return;
    const which = author.kind === 'staff' ? 'colliding' : 'typing';
    window.clearTimeout(this.timers[which]);
    this.set({ [which]: author });
    this.timers[which] = window.setTimeout(() => this.set({ [which]: null }), TYPING_SHOWN);
  }

  /** Show what the server says a message is now. */
  join(messages: Parameters<typeof append>[1]): void {
    if (this.state.status !== 'ready') return;
    const { stretch, gap } = append(this.state.stretch, messages);
    this.set({ stretch, outgoing: stillOutgoing(this.state.outgoing, stretch.messages) });
    if (gap) void this.catchUp();
  }

  /** The latest page, in which whatever was edited or taken back lately is, and all between it and what is known. */
  private async catchUp(): Promise<void> {
    if (this.catchingUp || this.state.status !== 'ready') return;
    this.catchingUp = true;
    try {
      const latest = await api.messages(this.id, { limit: PAGE });
      const { stretch, gap } = append(this.state.stretch, latest.messages);
      this.set({ stretch });
      for (let more = gap; more; ) {
        const missed = await api.messages(this.id, { after_seq: this.lastSeq(), limit: 200 });
        this.set({ stretch: append(this.state.stretch, missed.messages).stretch });
        more = missed.has_more;
      }
      this.set({ outgoing: stillOutgoing(this.state.outgoing, this.state.stretch.messages) });
    } catch {
      // the socket reconnects and asks again
    } finally {
      this.catchingUp = false;
    }
  }

  private set(changes: Partial<ThreadState>): void {
    this.state = { ...this.state, ...changes };
    for (const observer of this.observers) observer();
  }
}

const kept = new Map<string, ThreadStore>();

/** The least recently opened threads go; those with something on its way stay. */
function storeOf(id: string, me: string): ThreadStore {
  const store = kept.get(id) ?? new ThreadStore(id, me);
  kept.delete(id);
  kept.set(id, store);
  for (const [key, old] of kept) {
    if (kept.size <= KEPT) break;
    if (key !== id && old.state.outgoing.length === 0) kept.delete(key);
  }
  return store;
}

export const forgetThreads = () => kept.clear();

/** An open thread, followed while mounted. */
export function useThread(id: string, me: string): [ThreadStore, ThreadState] {
  const store = useMemo(() => storeOf(id, me), [id, me]);
  const state = useSyncExternalStore(store.observe, () => store.state);
  useEffect(() => store.open(), [store]);
  return [store, state];
}
