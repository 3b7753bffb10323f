import { Api, type Problem } from './api.ts';
import { backoff, Pause } from './backoff.ts';
import type {
  Identity,
  Locale,
  Message,
  OrderCard,
  Reminders,
  Said,
  ServerFrame,
  Session,
  Verdict,
} from './contract.ts';
import { Memory } from './memory.ts';
import { Outbox } from './outbox.ts';
import { lastSeq, Store, waits } from './state.ts';
import { Stream } from './stream.ts';

const TYPING_SHOWN_MS = 5000;
const TYPING_SENT_EVERY_MS = 3000;

export interface ChatOptions {
  shop: string;
  locale: Locale;
  identity: Identity | null;
  /** Where the contract lives, for example `https://example.com/api/v1/chat`. */
  base: string;
  explain: (problem: Problem) => string;
}

/** One visitor's conversation with one shop: opens the session, keeps the stream, sends, reads, catches up. */
export class Chat {
  readonly store = new Store();
  private readonly options: ChatOptions;
  private readonly api: Api;
  private readonly memory: Memory;
  private readonly outbox: Outbox;
  private readonly stream: Stream;
  private readonly pause = new Pause();
  private stopped = false;
  private typingTimer: ReturnType<typeof setTimeout> | undefined;
  private typingSentAt = 0;
  private renewal: Promise<void> | null = null;

  constructor(options: ChatOptions) {
    this.options = options;
    this.api = new Api(options.base, options.locale);
    this.memory = new Memory(options.shop);
    const onTokenRefused = (token: string | null) => this.renew(token);
    this.outbox = new Outbox({
      api: this.api,
      store: this.store,
      acknowledged: (message) => this.receive([message], false),
      onTokenRefused,
      explain: options.explain,
      save: (outbox) => this.memory.set({ outbox }),
    });
    this.stream = new Stream({
      url: `${options.base.replace(/^http/, 'ws')}/socket`,
      hello: () => ({ token: this.api.token ?? '', after_seq: this.store.state.cursor }),
      onFrame: (frame) => this.hear(frame),
      onConnection: (online) => this.connection(online),
      onReturn: () => this.refresh(),
      beforeRetry: () => this.catchUp(),
      onTokenRefused,
    });
  }

  async start(): Promise<void> {
    this.store.dispatch({ type: 'starting' });
    this.useMemory();
    if (await this.openSession()) {
      void this.stream.run();
      this.outbox.begin();
    }
  }

  stop(): void {
    this.stopped = true;
    clearTimeout(this.typingTimer);
    this.pause.end();
    this.stream.stop();
    this.outbox.stop();
  }

  say(said: Said): void {
    this.store.dispatch({ type: 'notice', text: null });
    this.outbox.say(said);
  }

  sayFile(file: File): void {
    this.outbox.sayFile(file);
  }

  retry(clientId: string): void {
    this.outbox.retry(clientId);
  }

  discard(clientId: string): void {
    this.outbox.discard(clientId);
  }

  /** Shown at once; taken back when the server does not take it. */
  rate(message: Message, verdict: Verdict): void {
    const show = (rated: Message) => {
      if (rated.conversation_id === this.store.state.conversation.id) this.receive([rated], false);
    };
    show({ ...message, rating: verdict });
    this.api.rate(message, verdict).catch((problem: Problem) => {
      show(message);
      this.store.dispatch({ type: 'notice', text: this.options.explain(problem) });
    });
  }

  orders(): Promise<OrderCard[]> {
    return this.api.orders();
  }

  reminders(): Promise<Reminders> {
    return this.api.reminders();
  }

  setReminders(wanted: boolean): Promise<Reminders> {
    return this.api.setReminders(wanted);
  }

  async askCallback(phone: string, at: string | null): Promise<void> {
    this.store.dispatch({ type: 'queue', queue: await this.api.askCallback(phone, at) });
    void this.catchUp();
  }

  color(): Promise<string> {
    return this.api.color(this.options.shop);
  }

  /** The customer writes; the service side may show it. */
  typing(): void {
    const now = Date.now();
    if (now - this.typingSentAt < TYPING_SENT_EVERY_MS) return;
    this.typingSentAt = now;
    this.stream.send({ type: 'typing' });
  }

  async history(): Promise<void> {
    const { messages, hasMore, loadingHistory } = this.store.state;
    const first = messages[0];
    if (!first || !hasMore || loadingHistory) return;
    this.store.dispatch({ type: 'history-asked' });
    try {
      const page = await this.api.before(first.seq);
      this.store.dispatch({ type: 'history', messages: page.messages, hasMore: page.has_more });
    } catch {
      this.store.dispatch({ type: 'history-failed' });
    }
  }

  /** Everything shown has been seen. Should the word not reach the server, the next one will carry a higher number. */
  read(): void {
    const { messages, conversation, unread } = this.store.state;
    const seq = lastSeq(messages);
    if (seq <= conversation.readSeq && unread === 0) return;
    this.store.dispatch({ type: 'read', seq });
    this.memory.set({ readSeq: seq });
    this.api.read(seq).catch(() => undefined);
  }

  /** The same chat was read in another tab. */
  readElsewhere(): void {
    const seq = this.memory.get().readSeq;
    if (seq > this.store.state.conversation.readSeq) this.store.dispatch({ type: 'read', seq });
  }

  /** The network is back or the customer has returned: do now what was put off. */
  hurry(): void {
    this.pause.end();
    this.stream.hurry();
    this.outbox.hurry();
  }

  /** The browser has lost the network. */
  cut(): void {
    this.stream.cut();
  }

  /** A visitor who says who they are keeps the conversation; another person's token is never carried over. */
  private useMemory(): void {
    const { identity } = this.options;
    const { token, userId } = this.memory.get();
    if (identity && userId && userId !== identity.user_id) this.memory.forget();
    else this.api.token = token;
  }

  private async openSession(): Promise<boolean> {
    let identity = this.options.identity;
    for (let attempt = 0; !this.stopped; attempt++) {
      try {
        this.enter(await this.api.openSession(this.options.shop, identity), identity);
        return true;
      } catch (error) {
        const problem = error as Problem;
        if (problem.code === 'identity_signature_invalid' && identity) identity = null;
        else if (problem.tokenRefused && this.api.token) this.api.token = null;
        else if (!problem.passing) {
          this.store.dispatch({ type: 'refused', detail: this.options.explain(problem) });
          return false;
        } else {
          this.store.dispatch({ type: 'connection', online: false });
          await this.pause.wait(Math.max(backoff(attempt), problem.retryAfterMs));
        }
      }
    }
    return false;
  }

  private enter(session: Session, identity: Identity | null): void {
    if (this.stopped) return;
    this.api.token = session.token;
    const known = this.store.state.phase === 'ready' ? this.store.state.outbox : this.memory.get().outbox;
    this.store.dispatch({ type: 'started', session, outbox: known });
    this.store.dispatch({ type: 'connection', online: true });
    this.memory.set({
      token: session.token,
      userId: identity?.user_id ?? this.memory.get().userId,
      readSeq: session.conversation?.read_seq ?? 0,
    });
  }

  /**
   * The server no longer knows the token: go on as a new visitor, and keep what was not sent yet. Several requests may
   * hear the refusal of the same token, some of them late: only the first makes a new session.
   */
  private async renew(refused: string | null): Promise<void> {
    if (refused === this.api.token && !this.renewal) {
      this.api.token = null;
      this.renewal = this.openSession().then(() => {
        this.renewal = null;
      });
    }
    await this.renewal;
  }

  private hear(frame: ServerFrame): void {
    const { dispatch } = this.store;
    switch (frame.type) {
      case 'message':
        return this.receive([frame.message], true);
      case 'typing':
        return this.showTyping(frame);
      case 'read':
        return dispatch({ type: 'peer-read', seq: frame.seq });
      case 'state':
        dispatch({
          type: 'state',
          state: frame.state,
          assignee: frame.assignee?.name ?? null,
        });
        return this.askPlace();
      case 'queue': {
        const asked = this.store.state.queue?.callback === 'asked';
        const callback = asked ? 'asked' : frame.callback ? 'offered' : 'none';
        return dispatch({ type: 'queue', queue: { place: frame.place, seconds: frame.seconds, callback } });
      }
      case 'merged':
        if (frame.conversation_id !== this.store.state.conversation.id) return this.refresh();
        void this.catchUp();
        return;
      case 'resync':
        void this.catchUp();
    }
  }

  /** Where a waiting customer stands; after that the stream says what changes. */
  private askPlace(): void {
    if (!waits(this.store.state) || this.store.state.queue) return;
    this.api.queue().then(
      (queue) => this.store.dispatch({ type: 'queue', queue }),
      () => undefined,
    );
  }

  private receive(messages: readonly Message[], inOrder: boolean): void {
    const former = this.store.state.conversation.id;
    this.store.dispatch({ type: 'received', messages, inOrder });
    if (former && former !== this.store.state.conversation.id) this.memory.set({ readSeq: 0 });
  }

  private showTyping({ author }: Extract<ServerFrame, { type: 'typing' }>): void {
    clearTimeout(this.typingTimer);
    this.store.dispatch({ type: 'typing', author });
    this.typingTimer = setTimeout(() => this.store.dispatch({ type: 'typing', author: null }), TYPING_SHOWN_MS);
  }

  private connection(online: boolean): void {
    this.store.dispatch({ type: 'connection', online });
    if (online) this.outbox.hurry();
  }

  private refresh(): void {
    this.api.openSession(this.options.shop, null).then(
      (session) => {
        this.api.token = session.token;
        this.memory.set({ token: session.token });
        this.store.dispatch({ type: 'refreshed', session });
      },
      () => undefined,
    );
  }

  private async catchUp(): Promise<void> {
    const { token } = this.api;
    try {
      for (let more = true; more && !this.stopped; ) {
        const page = await this.api.after(this.store.state.cursor);
        this.receive(page.messages, true);
        more = page.has_more && page.messages.length > 0;
      }
    } catch (error) {
      if ((error as Problem).tokenRefused) await this.renew(token);
    }
  }
}
