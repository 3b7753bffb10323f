/** What is written and not sent, by conversation and kind, kept in this browser. */
const PREFIX = 'yingda.draft.';
export type Kind = 'reply' | 'note';

export const draftOf = (id: string, kind: Kind) => localStorage.getItem(`${PREFIX}${kind}.${id}`) ?? '';

export function keepDraft(id: string, kind: Kind, text: string): void {
  const key = `${PREFIX}${kind}.${id}`;
  if (text.trim()) localStorage.setItem(key, text);
  else localStorage.removeItem(key);
}
