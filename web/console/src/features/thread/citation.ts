import type { Citation } from '@/client/types.gen';
import type { Message } from '@/shared/api';

/** The article that a message was taken from, unless it was taken back. */
export function citationOf({ content, recalled }: Message): Citation | null {
  const cites = content.type === 'text' || content.type === 'quick_replies';
  return (!recalled && cites && content.citation) || null;
}
