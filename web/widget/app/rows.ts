import type { Author, Locale, Message, Shown } from './contract.ts';
import type { ChatState, Outgoing } from './state.ts';

const GROUP_MS = 5 * 60 * 1000;
const DAY_MS = 86_400_000;

/** One line of the thread as it is drawn. */
export interface Row {
  key: string;
  shown: Shown;
  author: Author;
  at: string;
  own: boolean;
  recalled: boolean;
  edited: boolean;
  /** First of a run by the same author: carries face and name. */
  first: boolean;
  last: boolean;
  /** This row begins another day. */
  newDay: boolean;
  status: 'none' | 'sent' | 'read' | Outgoing['status'];
  outgoing?: Outgoing;
  /** Set for an answer that the customer may rate. */
  rateable?: Message;
}

type Entry = Pick<Row, 'key' | 'shown' | 'author' | 'at' | 'recalled' | 'edited' | 'status' | 'outgoing' | 'rateable'>;

const CUSTOMER: Author = { kind: 'customer', name: null };

function entries(state: ChatState): Entry[] {
  const { conversation, messages, outbox } = state;
  const stored = messages.map((message): Entry => {
    const own = message.author.kind === 'customer';
    return {
      key: message.client_id ?? message.id,
      shown: message,
      author: message.author,
      at: message.created_at,
      recalled: message.recalled,
      edited: message.edited,
      ...(message.rateable && { rateable: message }),
      status: own ? (message.seq <= conversation.peerReadSeq ? 'read' : 'sent') : 'none',
    };
  });
  const waiting = outbox.map(
    (outgoing): Entry => ({
      key: outgoing.clientId,
      shown: outgoing,
      author: CUSTOMER,
      at: outgoing.at,
      recalled: false,
      edited: false,
      status: outgoing.status,
      outgoing,
    }),
  );
  return [...stored, ...waiting];
}

const dayOf = (iso: string): string => new Date(iso).toDateString();

function together(a: Entry | undefined, b: Entry | undefined): boolean {
  if (!a || !b || a.shown.kind === 'system' || b.shown.kind === 'system') return false;
  return (
    a.author.kind === b.author.kind &&
    a.author.name === b.author.name &&
    dayOf(a.at) === dayOf(b.at) &&
    Date.parse(b.at) - Date.parse(a.at) < GROUP_MS
  );
}

/** Messages and what is still on its way, in order, grouped by author and day. */
export function rowsOf(state: ChatState): Row[] {
  const all = entries(state);
  const lastOwn = all.findLastIndex((entry) => entry.author.kind === 'customer' && !entry.outgoing);
  return all.map((entry, index) => {
    const before = all[index - 1];
    const settled = entry.status === 'sent' || entry.status === 'read';
    return {
      ...entry,
      own: entry.author.kind === 'customer',
      first: !together(before, entry),
      last: !together(entry, all[index + 1]),
      newDay: !before || dayOf(before.at) !== dayOf(entry.at),
      status: settled && index !== lastOwn ? 'none' : entry.status,
    };
  });
}

const TAG: Record<Locale, string> = { zh: 'zh-CN', en: 'en' };

export function timeLabel(iso: string, locale: Locale): string {
  return new Date(iso).toLocaleTimeString(TAG[locale], { hour: '2-digit', minute: '2-digit', hour12: false });
}

export function dayLabel(
  iso: string,
  locale: Locale,
  words: { today: string; yesterday: string },
  now = new Date(),
): string {
  const day = new Date(iso);
  const distance = Math.round((startOfDay(now) - startOfDay(day)) / DAY_MS);
  if (distance === 0) return words.today;
  if (distance === 1) return words.yesterday;
  const year = day.getFullYear() === now.getFullYear() ? undefined : 'numeric';
  return day.toLocaleDateString(TAG[locale], { year, month: 'long', day: 'numeric', weekday: 'short' });
}

const startOfDay = (date: Date): number => new Date(date.getFullYear(), date.getMonth(), date.getDate()).getTime();
