/** When a canned reply is called up: pure. */
import type { CannedReply } from '@/shared/api';
import { matchingReplies } from '@/shared/canned';
import type { Suggestion } from '@/shared/Suggestions';
import { type Called, calledBy } from '@/shared/trigger';

/** The same key writes 、 while Chinese is written; no sentence begins with it. */
const SIGNS = ['/', '、'];
const SHOWN = 30;
const PREVIEW = 120;

/** What is being called up at the caret: the sign begins the text or follows a space. */
export function cannedCall(text: string, caret: number): Called | null {
  for (const sign of SIGNS) {
    const called = calledBy(sign, text, caret);
    const first = called && /^\s?$/.test(text.slice(Math.max(0, called.from - 1), called.from));
    // an input method parts syllables while it composes: wu'liu
    if (first && /^[\p{L}\p{N}_'-]*$/u.test(called.words))
      return { ...called, words: called.words.replaceAll("'", '') };
  }
  return null;
}

/** The replies that fit, as a list to choose from. */
export function cannedSuggestions(replies: CannedReply[], words: string): Suggestion[] {
  return matchingReplies(replies, words)
    .slice(0, SHOWN)
    .map(({ id, title, code, text }) => ({
      id,
      label: title,
      preview: text
        .slice(0, PREVIEW)
        .replace(/\{\{[^}]*(\}\})?/g, '…')
        .replace(/\s+/g, ' '),
      detail: `/${code}`,
    }));
}
