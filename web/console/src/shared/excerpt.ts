/** How much of a text stands before what was searched for. */
const LEAD = 16;

/** A found text from shortly before the words on, in three parts; all in the first, where the words are not in it. */
export function excerptOf(text: string, words: string): [before: string, found: string, after: string] {
  const at = text.toLowerCase().indexOf(words.toLowerCase());
  if (at < 0) return [text, '', ''];
  const from = Math.max(0, at - LEAD);
  const end = at + words.length;
  return [`${from > 0 ? '…' : ''}${text.slice(from, at)}`, text.slice(at, end), text.slice(end)];
}
