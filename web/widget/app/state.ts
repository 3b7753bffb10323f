import type { Author, ConversationState, Message, Said, Session, Waiting } from './contract.ts';

/** A message of the customer's that the server has not acknowledged yet. */
export type Outgoing = Said & {
  clientId: string;
  at: string;
  /** `waiting`: it will be tried again by itself. `failed`: the server refused it, only the customer can try again. */
  status: 'sending' | 'waiting' | 'failed';
  detail?: string;
  /** Share of an upload that has gone out, 0 to 1. */
  progress?: number;
};

export interface Conversation {
  id: string | null;
  state: ConversationState;
  readSeq: number;
  peerReadSeq: number;
  assignee: string | null;
}

export interface ChatState {
  phase: 'starting' | 'ready' | 'failed';
  online: boolean;
  notice: string | null;
  session: Pick<Session, 'customer' | 'shop' | 'limits'> | null;
  conversation: Conversation;
  /** Ascending by `seq`, each once. */
  messages: readonly Message[];
  outbox: readonly Outgoing[];
  /**
   * Everything up to here has come from the server in order. The answer to our own POST does not move it: such a message
   * may overtake others that are still on their way, and a reconnect must ask for those.
   */
  cursor: number;
  hasMore: boolean;
  loadingHistory: boolean;
  typing: Author | null;
  unread: number;
  /** Set only while the customer waits for a person. */
  queue: Waiting | null;
}

export type ChatAction =
  | { type: 'started'; session: Session; outbox: readonly Outgoing[] }
  | { type: 'refreshed'; session: Session }
  | { type: 'refused'; detail: string }
  | { type: 'starting' }
  | { type: 'received'; messages: readonly Message[]; inOrder: boolean }
  | { type: 'history-asked' }
  | { type: 'history'; messages: readonly Message[]; hasMore: boolean }
  | { type: 'history-failed' }
  | { type: 'queued'; outgoing: Outgoing }
  | { type: 'outgoing'; clientId: string; change: Partial<Pick<Outgoing, 'status' | 'detail' | 'progress'>> }
  | { type: 'uploaded'; clientId: string; said: Said }
  | { type: 'discarded'; clientId: string }
  | { type: 'typing'; author: Author | null }
  | { type: 'peer-read'; seq: number }
  | { type: 'read'; seq: number }
  | { type: 'state'; state: ConversationState; assignee: string | null }
  | { type: 'queue'; queue: Waiting }
  | { type: 'connection'; online: boolean }
  | { type: 'notice'; text: string | null };

const NO_CONVERSATION: Conversation = {
  id: null,
  state: 'pending',
  readSeq: 0,
  peerReadSeq: 0,
  assignee: null,
};

export const INITIAL: ChatState = {
  phase: 'starting',
  online: true,
  notice: null,
  session: null,
  conversation: NO_CONVERSATION,
  messages: [],
  outbox: [],
  cursor: 0,
  hasMore: false,
  loadingHistory: false,
  typing: null,
  unread: 0,
  queue: null,
};

export const waits = ({ conversation }: ChatState): boolean => conversation.state === 'open' && !conversation.assignee;

export const lastSeq = (messages: readonly Message[]): number => messages.at(-1)?.seq ?? 0;

export const fromService = (message: Message): boolean =>
  message.author.kind === 'assistant' || message.author.kind === 'staff';

/** Both lists in one, ascending, each `seq` once; of two copies the later one counts, for it may be a recall. */
export function merge(known: readonly Message[], incoming: readonly Message[]): readonly Message[] {
  if (incoming.length === 0) return known;
  const bySeq = new Map(known.map((message) => [message.seq, message]));
  for (const message of incoming) bySeq.set(message.seq, message);
  return [...bySeq.values()].sort((a, b) => a.seq - b.seq);
}

function withoutAcknowledged(outbox: readonly Outgoing[], messages: readonly Message[]): readonly Outgoing[] {
  const acknowledged = new Set(messages.map((message) => message.client_id));
  return outbox.filter((outgoing) => !acknowledged.has(outgoing.clientId));
}

/** Who has answered has read. */
const lastAnswer = (messages: readonly Message[]): number => lastSeq(messages.filter(fromService));

function conversationOf({ conversation, messages }: Session): Conversation {
  if (!conversation) return NO_CONVERSATION;
  return {
    id: conversation.id,
    state: conversation.state,
    readSeq: conversation.read_seq,
    peerReadSeq: Math.max(conversation.peer_read_seq, lastAnswer(messages)),
    assignee: conversation.assignee?.name ?? null,
  };
}

function started(state: ChatState, session: Session, outbox: readonly Outgoing[]): ChatState {
  const ordered = merge([], session.messages);
  return {
    ...state,
    phase: 'ready',
    notice: null,
    session: { customer: session.customer, shop: session.shop, limits: session.limits },
    conversation: conversationOf(session),
    messages: ordered,
    outbox: withoutAcknowledged(outbox, ordered),
    cursor: lastSeq(ordered),
    hasMore: session.has_more,
    loadingHistory: false,
    typing: null,
    unread: session.unread,
  };
}

/**
 * Some time after the end of one conversation the next message begins another, whose numbers begin anew. What is before
 * `first` is asked for when the customer looks for it.
 */
function inConversation(state: ChatState, id: string, first: number): ChatState {
  const { conversation } = state;
  if (conversation.id === id) return state;
  if (conversation.id === null) return { ...state, conversation: { ...conversation, id } };
  return { ...state, conversation: { ...NO_CONVERSATION, id }, messages: [], cursor: 0, hasMore: first > 1, unread: 0 };
}

function received(before: ChatState, incoming: readonly Message[], inOrder: boolean): ChatState {
  const last = incoming.at(-1);
  if (!last) return before;
  const state = inConversation(before, last.conversation_id, incoming[0]?.seq ?? 1);
  const { conversation } = state;
  const messages = incoming.filter((message) => message.conversation_id === conversation.id);
  const known = new Set(state.messages.map((message) => message.seq));
  const answers = messages.filter((message) => fromService(message) && !known.has(message.seq));
  return {
    ...state,
    conversation: { ...conversation, peerReadSeq: Math.max(conversation.peerReadSeq, lastAnswer(messages)) },
    messages: merge(state.messages, messages),
    outbox: withoutAcknowledged(state.outbox, messages),
    cursor: inOrder ? Math.max(state.cursor, lastSeq(messages)) : state.cursor,
    typing: answers.length > 0 ? null : state.typing,
    unread: state.unread + answers.filter((message) => message.seq > conversation.readSeq).length,
  };
}

/**
 * After a break in the line: who answers, who has read what, and what was edited or recalled may have changed unheard. New
 * messages come by the stream.
 */
function refreshed(state: ChatState, session: Session): ChatState {
  const { id, readSeq } = state.conversation;
  const conversation = conversationOf(session);
  if (conversation.id === null) return state;
  if (conversation.id !== id) return started(state, session, state.outbox);
  const known = new Set(state.messages.map((message) => message.seq));
  return {
    ...state,
    messages: merge(
      state.messages,
      session.messages.filter((message) => known.has(message.seq)),
    ),
    conversation: {
      ...conversation,
      readSeq: Math.max(readSeq, conversation.readSeq),
    },
  };
}

function changed(state: ChatState, clientId: string, change: (outgoing: Outgoing) => Outgoing): ChatState {
  return {
    ...state,
    outbox: state.outbox.map((outgoing) => (outgoing.clientId === clientId ? change(outgoing) : outgoing)),
  };
}

/** The whole behaviour of the conversation on the customer's side, without clock, network or screen. */
export function reduce(state: ChatState, action: ChatAction): ChatState {
  const { conversation } = state;
  switch (action.type) {
    case 'starting':
      return { ...state, phase: 'starting' };
    case 'started':
      return started(state, action.session, action.outbox);
    case 'refreshed':
      return refreshed(state, action.session);
    case 'refused':
      return { ...state, phase: 'failed', notice: action.detail };
    case 'received':
      return received(state, action.messages, action.inOrder);
    case 'history-asked':
      return { ...state, loadingHistory: true };
    case 'history':
      return {
        ...state,
        messages: merge(state.messages, action.messages),
        hasMore: action.hasMore,
        loadingHistory: false,
      };
    case 'history-failed':
      return { ...state, loadingHistory: false };
    case 'queued':
      return { ...state, outbox: [...state.outbox, action.outgoing] };
    case 'outgoing':
      return changed(state, action.clientId, (outgoing) => ({ ...outgoing, ...action.change }));
    case 'uploaded':
      return changed(state, action.clientId, ({ clientId, at }) => ({
        ...action.said,
        clientId,
        at,
        status: 'sending',
      }));
    case 'discarded':
      return { ...state, outbox: state.outbox.filter((outgoing) => outgoing.clientId !== action.clientId) };
    case 'typing':
      return { ...state, typing: action.author };
    case 'peer-read':
      return {
        ...state,
        conversation: { ...conversation, peerReadSeq: Math.max(conversation.peerReadSeq, action.seq) },
      };
    case 'read':
      return {
        ...state,
        unread: 0,
        conversation: { ...conversation, readSeq: Math.max(conversation.readSeq, action.seq) },
      };
    case 'state': {
      const { state: phase, assignee } = action;
      const changed = { ...state, conversation: { ...conversation, state: phase, assignee } };
      return waits(changed) ? changed : { ...changed, queue: null };
    }
    case 'queue':
      return waits(state) ? { ...state, queue: action.queue } : state;
    case 'connection':
      return { ...state, online: action.online };
    case 'notice':
      return { ...state, notice: action.text };
  }
}

export type Listener = () => void;

/** State and those who watch it. */
export class Store {
  private current: ChatState = INITIAL;
  private readonly listeners = new Set<Listener>();

  get state(): ChatState {
    return this.current;
  }

  readonly dispatch = (action: ChatAction): void => {
    this.current = reduce(this.current, action);
    for (const listener of this.listeners) listener();
  };

  readonly subscribe = (listener: Listener): (() => void) => {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  };
}
