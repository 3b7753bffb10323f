/** Signs that call up a list while one writes: pure, text and caret in, stretch out. */

export interface Called {
  /** Where the sign stands. */
  from: number;
  /** Where the caret stands: what lies between is replaced by what is chosen. */
  to: number;
  /** What was written after the sign. */
  words: string;
}

const LONGEST = 20;

/** What is being called up by `sign` just before the caret; null when nothing is. */
export function calledBy(sign: string, text: string, caret: number): Called | null {
  const before = text.slice(Math.max(0, caret - LONGEST - 1), caret);
  const at = before.lastIndexOf(sign);
  if (at < 0) return null;
  const words = before.slice(at + sign.length);
  const from = caret - words.length - sign.length;
  const previous = text[from - 1] ?? ' ';
  // an address (a@b) or a date (11/25) calls nothing
  if (/\s/.test(words) || /[a-z0-9]/i.test(previous)) return null;
  return { from, to: caret, words };
}

/** The text with the stretch replaced, and where the caret is then. */
export function replaced(text: string, { from, to }: Called, by: string): { text: string; caret: number } {
  return { text: text.slice(0, from) + by + text.slice(to), caret: from + by.length };
}
