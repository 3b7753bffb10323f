/** A thread as lines to show: days, messages, and what is on its way. */
import type { Message } from '@/shared/api';
import { dayKey } from '@/shared/time';
import type { Outgoing } from './stretch';

export type Entry =
  | { type: 'start'; key: string; at: string }
  | { type: 'day'; key: string; at: string }
  | { type: 'message'; key: string; message: Message; continues: boolean }
  | { type: 'outgoing'; key: string; sent: Outgoing };

/** Messages of one author within this time stand together under one name. */
const TOGETHER = 3 * 60_000;

function continues(before: Message | undefined, message: Message): boolean {
  if (!before || before.content.type === 'system' || message.content.type === 'system') return false;
  const sameAuthor = before.author.kind === message.author.kind && before.author.id === message.author.id;
  const sameKind = (before.kind === 'note') === (message.kind === 'note');
  return sameAuthor && sameKind && Date.parse(message.created_at) - Date.parse(before.created_at) < TOGETHER;
}

/** What is loaded so far begins with a message: what a thread is held by while earlier ones come in front. */
export function entriesOf(messages: Message[], outgoing: Outgoing[], hasOlder: boolean): Entry[] {
  const entries: Entry[] = [];
  const first = messages[0];
  if (first && !hasOlder) entries.push({ type: 'start', key: 'start', at: first.created_at });
  let before: Message | undefined;
  for (const message of messages) {
    const day = dayKey(message.created_at);
    const newDay = before && dayKey(before.created_at) !== day;
    if (newDay) entries.push({ type: 'day', key: day, at: message.created_at });
    entries.push({
      type: 'message',
      key: `m${message.seq}`,
      message,
      continues: !newDay && continues(before, message),
    });
    before = message;
  }
  for (const sent of outgoing) entries.push({ type: 'outgoing', key: sent.clientId, sent });
  return entries;
}
