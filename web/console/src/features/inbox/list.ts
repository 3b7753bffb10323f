/** How a list stays right while things happen: pure, pages in and pages out. */
import type { ConversationItem, ConversationPage, Sort, State, View } from '@/shared/api';
import type { Activity } from '@/shared/live';

export interface Wanted {
  view: View;
  sort: Sort;
  state?: State;
  level?: number;
  intent?: string;
  channel?: string;
  shop?: string;
  team_id?: string;
  assignee_id?: string;
  label?: string;
  followed?: true;
  spam?: true;
}

/** What narrows a view down, beside its sort. */
const OF_HEAD = ['state', 'level', 'intent', 'channel', 'shop', 'team_id', 'assignee_id'] as const;
export const FILTERS = [...OF_HEAD, 'label', 'followed', 'spam'] as const;

/** Nothing narrowed down. */
export const UNFILTERED = Object.fromEntries(FILTERS.map((name) => [name, undefined])) as Partial<Wanted>;

export const filtersIn = (wanted: Partial<Wanted>) => FILTERS.filter((name) => wanted[name] !== undefined);

/** The conversation's place by the server's own order: smaller comes first. */
function key({ conversation }: ConversationItem, sort: Sort): number {
  const waiting = conversation.waiting_since ? Date.parse(conversation.waiting_since) : null;
  const due = conversation.due_at ? Date.parse(conversation.due_at) : null;
  if (sort === 'deadline') return due ?? Number.POSITIVE_INFINITY;
  if (sort === 'last_activity') return -Date.parse(conversation.last_message_at);
  if (sort === 'waiting_since') return waiting ?? Number.POSITIVE_INFINITY;
  return (5 - conversation.level) * 1e14 + (waiting ?? 1e13);
}

export function compare(a: ConversationItem, b: ConversationItem, sort: Sort): number {
  const [first, second] = [key(a, sort), key(b, sort)];
  if (first !== second) return first < second ? -1 : 1;
  const byId = a.conversation.id < b.conversation.id ? -1 : a.conversation.id > b.conversation.id ? 1 : 0;
  return sort === 'last_activity' ? -byId : byId;
}

/** Whether a conversation belongs in a list, as the server would say. */
export function belongs(item: ConversationItem, wanted: Wanted, me: string): boolean {
  const { conversation: head, labels, followed } = item;
  if (head.spam !== Boolean(wanted.spam)) return false;
  if (wanted.followed && !followed) return false;
  if (wanted.label && !labels.some(({ id }) => id === wanted.label)) return false;
  if (OF_HEAD.some((name) => wanted[name] !== undefined && head[name] !== wanted[name])) return false;
  switch (wanted.view) {
    case 'mine':
      return head.assignee_id === me && (Boolean(wanted.state) || head.state === 'open' || head.state === 'snoozed');
    case 'waiting':
      return head.state === 'open' && !head.assignee_id;
    case 'assistant':
      return head.state === 'pending';
    case 'all':
      return true;
  }
}

export function find(pages: ConversationPage[], id: string): ConversationItem | undefined {
  for (const page of pages) {
    const found = page.items.find((item) => item.conversation.id === id);
    if (found) return found;
  }
  return undefined;
}

/** The pages without a conversation. */
export function remove(pages: ConversationPage[], id: string): ConversationPage[] {
  if (!find(pages, id)) return pages;
  return pages.map((page) => ({ ...page, items: page.items.filter((item) => item.conversation.id !== id) }));
}

/** The pages with a conversation as it is now, where it belongs: nowhere, if that is on a page not loaded yet. */
export function place(pages: ConversationPage[], item: ConversationItem, wanted: Wanted, me: string) {
  const others = remove(pages, item.conversation.id);
  if (!belongs(item, wanted, me)) return others;
  const comesBefore = (other: ConversationItem) => compare(item, other, wanted.sort) < 0;
  const last = others.length - 1;
  const at = others.findIndex((page) => page.items.some(comesBefore));
  const page = others[at === -1 ? last : at];
  if (!page || (at === -1 && page.next_cursor)) return others;
  const position = at === -1 ? page.items.length : page.items.findIndex(comesBefore);
  const grown = { ...page, items: page.items.toSpliced(position, 0, item) };
  return others.with(at === -1 ? last : at, grown);
}

/** The conversation after a message; the same one, if it knew the message already. */
export function afterActivity(item: ConversationItem, activity: Activity): ConversationItem {
  const head = item.conversation;
  if (activity.seq <= head.last_seq) return item;
  const seen = { ...head, last_seq: activity.seq };
  if (activity.kind === 'note') return { ...item, conversation: seen };
  const said = { ...seen, last_message_at: activity.at };
  if (activity.kind === 'system') return { ...item, conversation: said };
  const shown = { ...said, preview: activity.preview };
  const conversation =
    activity.author_kind === 'customer'
      ? { ...shown, customer_seq: activity.seq, waiting_since: head.waiting_since ?? activity.at }
      : { ...shown, waiting_since: null, due_at: null, due_clock: null };
  return { ...item, conversation };
}

/** The answer of a slow request may be older than what the socket told since: of the messages, the later word counts. */
export function upToDate(known: ConversationItem | undefined, answer: ConversationItem): ConversationItem {
  if (!known || known.conversation.last_seq <= answer.conversation.last_seq) return answer;
  const { last_seq, customer_seq, last_message_at, preview, waiting_since, due_at, due_clock } = known.conversation;
  const later = { last_seq, customer_seq, last_message_at, preview, waiting_since, due_at, due_clock };
  return { ...answer, conversation: { ...answer.conversation, ...later } };
}

/** Whether something else is due after this, a customer begins to wait or is answered: what, only the server knows. */
export function changesDue({ conversation }: ConversationItem, activity: Activity): boolean {
  if (conversation.state === 'pending') return false;
  if (activity.author_kind === 'customer') return !conversation.waiting_since;
  return activity.author_kind === 'staff' && activity.kind !== 'note' && Boolean(conversation.due_at);
}

/** Whether the customer has said something that nobody of the staff has read. */
export function isUnread({ conversation }: ConversationItem): boolean {
  const withPeople = conversation.state === 'open' || conversation.state === 'snoozed';
  return withPeople && conversation.customer_seq > conversation.staff_read_seq;
}
