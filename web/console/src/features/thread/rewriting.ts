/** What can be done with a single message, for every line of an open thread. */
import { createContext, useContext } from 'react';
import type { Message } from '@/shared/api';

/** As long as the server allows; it has the last word. */
const EDIT = 5 * 60_000;
const RECALL = 2 * 60_000;

/** What a person has written, to the customer or to colleagues; null for everything else. */
export function wordsOf({ content }: Message): string | null {
  return content.type === 'text' || content.type === 'note' ? content.text : null;
}

export interface Rewriting {
  me: string;
  mayReply: boolean;
  /** Whether they may read what others' messages said before. */
  reviews: boolean;
  translates: boolean;
  /** Open a ticket from a message; null for whoever opens none. */
  onTicket: ((message: Message) => void) | null;
  /** Texts under way, kept while their line is scrolled out of sight. */
  drafts: Map<number, string>;
  /** Show what the server says a message is now. */
  onChanged: (message: Message) => void;
}

export const RewritingContext = createContext<Rewriting | null>(null);

export function useRewriting(): Rewriting {
  const rewriting = useContext(RewritingContext);
  if (!rewriting) throw new Error('useRewriting is for the lines of an open thread');
  return rewriting;
}

/** What one may do with a message at a moment. */
export function permitted(message: Message, { me, mayReply }: Pick<Rewriting, 'me' | 'mayReply'>, now: number) {
  const own = mayReply && message.author.kind === 'staff' && message.author.id === me && !message.recalled;
  const age = now - Date.parse(message.created_at);
  const note = message.kind === 'note';
  return {
    edit: own && wordsOf(message) !== null && (note || age < EDIT),
    recall: own && message.content.type !== 'system' && (note || age < RECALL),
  };
}
