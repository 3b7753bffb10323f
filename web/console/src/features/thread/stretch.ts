/** The part of a thread that is loaded: ascending, without gap or repeat, whatever arrives in whatever order. */
import type { Message } from '@/shared/api';

export interface Stretch {
  messages: Message[];
  hasOlder: boolean;
}

export const EMPTY: Stretch = { messages: [], hasOlder: false };

export const firstSeq = ({ messages }: Stretch) => messages[0]?.seq ?? 0;
export const lastSeq = ({ messages }: Stretch) => messages.at(-1)?.seq ?? 0;

/** The customer's last message, unless somebody has answered it: 0. */
export function unanswered({ messages }: Stretch): number {
  const last = messages.findLast(({ kind }) => kind !== 'note' && kind !== 'system');
  return last?.author.kind === 'customer' ? last.seq : 0;
}

export interface Joined {
  stretch: Stretch;
  /** Something between what is known and what came is missing: ask for what follows the last known one. */
  gap: boolean;
}

/** Join what came to the end. Staff's numbers have no gaps: what does not follow at once is left for later. */
export function append(stretch: Stretch, incoming: Message[]): Joined {
  const ascending = incoming.toSorted((a, b) => a.seq - b.seq);
  const bySeq = new Map(ascending.map((message) => [message.seq, message]));
  const known = stretch.messages.map((message) => later(message, bySeq.get(message.seq)));
  const changed = known.some((message, index) => message !== stretch.messages[index]);
  const tail: Message[] = [];
  let last = lastSeq(stretch);
  for (const message of bySeq.values()) {
    if (message.seq <= last) continue;
    if (message.seq !== last + 1 && last > 0) {
      return { stretch: grown(stretch, known, tail, changed), gap: true };
    }
    tail.push(message);
    last = message.seq;
  }
  return { stretch: grown(stretch, known, tail, changed), gap: false };
}

/** Of two copies of a message the one that was edited last: a slow answer may be older than what was heard since. */
function later(known: Message, incoming: Message | undefined): Message {
  return incoming && (incoming.edited_at ?? '') >= (known.edited_at ?? '') ? incoming : known;
}

function grown(stretch: Stretch, known: Message[], tail: Message[], changed: boolean): Stretch {
  return changed || tail.length > 0 ? { ...stretch, messages: [...known, ...tail] } : stretch;
}

/** Put earlier messages in front. */
export function prepend(stretch: Stretch, older: Message[], hasOlder: boolean): Stretch {
  const first = firstSeq(stretch);
  const fresh = older.filter((message) => message.seq < first || first === 0);
  return { messages: [...fresh, ...stretch.messages], hasOlder };
}

/** What an agent says: a text, or a file. */
export interface Said {
  kind: 'reply' | 'note';
  text: string;
  /** Instead of a text. */
  file?: { file_id: string; name: string };
  /** Colleagues whose attention a note asks for. */
  mentions?: string[];
}

export interface Outgoing extends Said {
  clientId: string;
  at: string;
  /** Why it was refused; null while it is under way. */
  failure: string | null;
}

/** What is still on its way: not what the thread already shows. */
export function stillOutgoing(outgoing: Outgoing[], messages: Message[]): Outgoing[] {
  if (outgoing.length === 0) return outgoing;
  const arrived = (sent: Outgoing) => messages.some((message) => message.external_id?.endsWith(`:${sent.clientId}`));
  return outgoing.filter((sent) => !arrived(sent));
}
