/** Colleagues named with @ in a text: whoever stands in the text is mentioned, however the name came there. */
import { useMemo } from 'react';
import type { Mention } from './api';
import type { Suggestion } from './Suggestions';
import type { Called } from './trigger';

const SHOWN = 8;

/** Those whose name has what was written after the @; null while nobody is called. */
export function useSuggested(colleagues: Mention[], called: Called | null): Suggestion[] | null {
  const words = called?.words.toLowerCase();
  return useMemo(() => {
    if (words === undefined) return null;
    const found = colleagues.filter(({ name }) => name.toLowerCase().includes(words));
    return found.slice(0, SHOWN).map(({ id, name }) => ({ id, label: name }));
  }, [colleagues, words]);
}

/** A text in pieces: what names one of these, and what stands between. The longer of two names that begin alike wins. */
export function pieces(text: string, names: string[]): { text: string; named: boolean }[] {
  const byLength = names.toSorted((a, b) => b.length - a.length);
  const found: { text: string; named: boolean }[] = [];
  let plain = '';
  for (let at = 0; at < text.length; ) {
    const name = text[at] === '@' ? byLength.find((one) => text.startsWith(one, at + 1)) : undefined;
    if (name === undefined) {
      plain += text[at++];
      continue;
    }
    if (plain) found.push({ text: plain, named: false });
    plain = '';
    found.push({ text: `@${name}`, named: true });
    at += name.length + 1;
  }
  return plain ? [...found, { text: plain, named: false }] : found;
}

/** The ids of those whom a text names. */
export function mentionedIn(text: string, colleagues: Mention[]): string[] {
  const named = new Set(
    pieces(
      text,
      colleagues.map(({ name }) => name),
    ).flatMap((piece) => (piece.named ? [piece.text.slice(1)] : [])),
  );
  return colleagues.filter(({ name }) => named.has(name)).map(({ id }) => id);
}
