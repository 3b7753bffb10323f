/** What became of a suggestion, told from what was sent in the end. */
import type { SuggestionFate } from '@/client/types.gen';

/** Less of its pairs of characters than this, and the agent wrote something of their own. */
const LEAST_LEFT = 0.3;

const pairs = (text: string) => {
  const signs = [...text.replace(/\s/g, '')];
  return new Set(signs.slice(1).map((sign, at) => `${signs[at]}${sign}`));
};

/** Null: nothing of it is left, which says nothing about it. */
export function fateOf(suggested: string, sent: string): SuggestionFate | null {
  if (suggested.trim() === sent.trim()) return 'accepted';
  const wanted = pairs(suggested);
  const found = pairs(sent);
  const left = [...wanted].filter((pair) => found.has(pair)).length;
  return wanted.size > 0 && left / wanted.size >= LEAST_LEFT ? 'edited' : null;
}
