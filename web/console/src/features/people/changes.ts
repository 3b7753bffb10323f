/** What became of each field between two states of something. */
import type { TFunction } from 'i18next';
import type { AuditLine } from '@/shared/audit';
import { fieldName, type Item, isEmpty, isItem, keyOf, nameOf, type Telling, type Told } from './values';

export interface Change {
  /** What it is called, from the outside in. */
  path: string[];
  before: Told | null;
  after: Told | null;
  /** A list of which only what was taken away and what was added is told. */
  partly?: boolean;
}

/** Lists that are told as a whole: their parts mean nothing alone. A checklist's do in a ticket kind, by their names. */
const isWhole = (field: string, values: unknown[]) =>
  field === 'checklist' ? !values.some(isItem) : field === 'weekly' || field === 'periods';

/** Only what is not the same after as before; the id is the object's own and told beside it. */
export function changesOf(
  { before, after }: Pick<AuditLine, 'before' | 'after'>,
  tell: Telling,
  t: TFunction,
): Change[] {
  const compare = (path: string[], field: string, old: unknown, now: unknown): Change[] => {
    if (same(old, now)) return [];
    if (isItem(old) && isItem(now)) return fields(path, old, now);
    if (Array.isArray(old) && Array.isArray(now) && !isWhole(field, [...old, ...now])) {
      return items(path, field, old, now);
    }
    return [{ path, before: tell(field, old), after: tell(field, now) }];
  };
  const fields = (path: string[], old: Item, now: Item): Change[] =>
    [...new Set([...Object.keys(old), ...Object.keys(now)])].flatMap((field) =>
      compare([...path, fieldName(field, t)], field, old[field], now[field]),
    );
  const items = (path: string[], field: string, old: unknown[], now: unknown[]): Change[] => {
    const [gone, come] = [without(old, now), without(now, old)];
    if (gone.length + come.length === 0 || isEmpty(old) || isEmpty(now)) {
      return [{ path, before: tell(field, old), after: tell(field, now) }];
    }
    const pairs = gone.flatMap((one) => {
      const other = keyOf(one) === undefined ? undefined : come.find((two) => keyOf(two) === keyOf(one));
      return other === undefined ? [] : [{ one, other }];
    });
    const altered = pairs.flatMap(({ one, other }) => fields([...path, nameOf(other, t)], one as Item, other as Item));
    const left = gone.filter((one) => !pairs.some((pair) => pair.one === one));
    const added = come.filter((one) => !pairs.some((pair) => pair.other === one));
    if (left.length + added.length === 0) return altered;
    return [
      ...altered,
      {
        path,
        partly: true,
        before: left.length > 0 ? tell(field, left) : null,
        after: added.length > 0 ? tell(field, added) : null,
      },
    ];
  };
  const { id: _, ...old } = before ?? {};
  const { id: __, ...now } = after ?? {};
  return fields([], old, now);
}

const without = (some: unknown[], others: unknown[]) => {
  const kept = new Set(others.map((one) => JSON.stringify(one)));
  return some.filter((one) => !kept.has(JSON.stringify(one)));
};

const same = (one: unknown, other: unknown) =>
  isEmpty(one) || isEmpty(other) ? isEmpty(one) === isEmpty(other) : JSON.stringify(one) === JSON.stringify(other);
