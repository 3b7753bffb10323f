/** Where two objects of JSON differ, field by field; pure. */

/** `path`: the names on the way there; of an entry of a list its own. Of lists of words: which came and which went. */
export interface Differing {
  path: string[];
  before?: unknown;
  after?: unknown;
  added?: string[];
  removed?: string[];
}

const NAMES = ['id', 'code', 'name', 'text'];

type Plain = Record<string, unknown>;

const isObject = (value: unknown): value is Plain =>
  value !== null && typeof value === 'object' && !Array.isArray(value);
const isWords = (value: unknown): value is string[] =>
  Array.isArray(value) && value.every((one) => typeof one === 'string');
/** What a field that is not there means as well. */
const isEmpty = (value: unknown) => value == null || value === '' || (Array.isArray(value) && value.length === 0);

function named(value: unknown): Plain | null {
  if (!Array.isArray(value) || !value.every(isObject)) return null;
  const name = NAMES.find((one) => value.every((entry) => one in entry));
  return name ? Object.fromEntries(value.map((entry) => [String(entry[name]), entry])) : null;
}

export function differing(before: unknown, after: unknown, path: string[] = []): Differing[] {
  if (isEmpty(before) && isEmpty(after)) return [];
  if ((isWords(before) || isEmpty(before)) && (isWords(after) || isEmpty(after))) {
    const [old, now] = [(before ?? []) as string[], (after ?? []) as string[]];
    const added = now.filter((one) => !old.includes(one));
    const removed = old.filter((one) => !now.includes(one));
    if (Array.isArray(before) || Array.isArray(after))
      return added.length + removed.length > 0 ? [{ path, added, removed }] : [];
  }
  const [one, other] = [isObject(before) ? before : named(before), isObject(after) ? after : named(after)];
  if (one && other)
    return [...new Set([...Object.keys(one), ...Object.keys(other)])].flatMap((key) =>
      differing(one[key], other[key], [...path, key]),
    );
  return JSON.stringify(before) === JSON.stringify(after) ? [] : [{ path, before, after }];
}
