/** Pieces of a text: a piece with `href` is a link. Only http and https become links, so nothing said can run as script. */
export interface Piece {
  text: string;
  href?: string;
}

/** Chinese text follows a link without a space, so a link ends where its own alphabet ends. */
const LINK = /https?:\/\/[\w\-.~:/?#[\]@!$&'()*+,;=%]+/gi;
const TRAILING = /[.,;:!?'")\]]+$/;

export function linkify(text: string): Piece[] {
  const pieces: Piece[] = [];
  let from = 0;
  for (const match of text.matchAll(LINK)) {
    const href = match[0].replace(TRAILING, '');
    if (!URL.canParse(href)) continue;
    if (match.index > from) pieces.push({ text: text.slice(from, match.index) });
    pieces.push({ text: href, href });
    from = match.index + href.length;
  }
  if (from < text.length) pieces.push({ text: text.slice(from) });
  return pieces;
}

const PICTOGRAPHS =
  /^(?:\p{Extended_Pictographic}|\p{Emoji_Modifier}|\p{Regional_Indicator}|[\u200d\ufe0f\u20e3]|\s){1,24}$/u;

/** A short text of emoji alone is shown large, as people expect of a chat. */
export const isEmojiOnly = (text: string): boolean => PICTOGRAPHS.test(text) && text.trim() !== '';

/** A link from outside is used only when it leads to a web page or to a place on this server. */
export function safeUrl(url: string | null | undefined): string | undefined {
  if (!url) return undefined;
  return /^(https?:|blob:)/i.test(url) || /^\/(?!\/)/.test(url) ? url : undefined;
}

export function fileSize(bytes: number): string {
  if (bytes < 1024) return `${bytes} B`;
  if (bytes < 1024 * 1024) return `${Math.round(bytes / 1024)} KB`;
  return `${(bytes / 1024 / 1024).toFixed(1)} MB`;
}
