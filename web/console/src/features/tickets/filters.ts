/** What is listed, as it stands in the address: links and the browser's back button keep it. */
import { useCallback, useMemo } from 'react';
import { useSearchParams } from 'react-router';
import type { Category, Due, TicketSort } from '@/shared/tickets';

export const CATEGORIES: Category[] = ['open', 'waiting', 'resolved', 'closed'];
export const DUES: Due[] = ['overdue', 'today', 'week', 'none'];
export const SORTS: TicketSort[] = ['updated', 'created', 'due', 'level'];
export const LEVELS = [1, 2, 3, 4, 5] as const;
export const LAYOUTS = ['board', 'table'] as const;

/** For what has no owner. */
export const NOBODY = 'none';

export interface Wanted {
  layout: (typeof LAYOUTS)[number];
  sort: TicketSort;
  kind?: string;
  department?: string;
  /** Somebody's id, or nobody's. */
  owner?: string | typeof NOBODY;
  level?: number;
  category?: Category;
  due?: Due;
  label?: string;
  watched?: true;
  q?: string;
}

const oneOf = <T extends string>(values: readonly T[], value: string | null): T | undefined =>
  values.find((one) => one === value);

/** What an address asks for; what it says wrongly is left out. */
export function wantedOf(params: URLSearchParams): Wanted {
  const level = Number(params.get('level'));
  return {
    layout: oneOf(LAYOUTS, params.get('layout')) ?? 'board',
    sort: oneOf(SORTS, params.get('sort')) ?? 'updated',
    kind: params.get('kind') ?? undefined,
    department: params.get('department') ?? undefined,
    owner: params.get('owner') ?? undefined,
    level: LEVELS.find((one) => one === level),
    category: oneOf(CATEGORIES, params.get('category')),
    due: oneOf(DUES, params.get('due')),
    label: params.get('label') ?? undefined,
    watched: params.get('watched') === 'true' || undefined,
    q: params.get('q') ?? undefined,
  };
}

/** The address after some changes: what is no longer wanted is not in it. */
export function changedParams(before: URLSearchParams, changes: Partial<Wanted>): URLSearchParams {
  const after = new URLSearchParams(before);
  for (const [name, value] of Object.entries(changes)) {
    if (value === undefined || value === '') after.delete(name);
    else after.set(name, String(value));
  }
  return after;
}

const NARROWING = ['kind', 'department', 'owner', 'level', 'category', 'due', 'label', 'watched'] as const;
export const UNFILTERED: Partial<Wanted> = Object.fromEntries(NARROWING.map((name) => [name, undefined]));

/** By what it is narrowed down, apart from the words that are searched. */
export const filtersIn = (wanted: Wanted) => NARROWING.filter((name) => wanted[name] !== undefined);

export function useWanted(): [Wanted, (changes: Partial<Wanted>) => void] {
  const [params, setParams] = useSearchParams();
  const text = params.toString();
  const wanted = useMemo(() => wantedOf(new URLSearchParams(text)), [text]);
  const change = useCallback(
    (changes: Partial<Wanted>) => setParams((before) => changedParams(before, changes), { replace: 'q' in changes }),
    [setParams],
  );
  return [wanted, change];
}

/** What is asked of the server. The board has its own order, and a column for every category. */
export function queryOf({ layout, sort, kind, department, owner, level, category, due, label, watched, q }: Wanted) {
  return {
    kind_id: kind,
    department_id: department,
    owner_id: owner === NOBODY ? undefined : owner,
    unowned: owner === NOBODY || undefined,
    level,
    category: category && [category],
    due,
    label_id: label,
    watched,
    q,
    sort: layout === 'table' ? sort : undefined,
  };
}

/** Where the list can be loaded as a file. */
export function exportAddress(wanted: Wanted, format: 'csv' | 'xlsx', locale: 'zh' | 'en'): string {
  const params = new URLSearchParams({ locale });
  for (const [name, value] of Object.entries(queryOf({ ...wanted, layout: 'table' }))) {
    if (value !== undefined) params.set(name, String(value));
  }
  return `/api/v1/tickets/export/${format}?${params}`;
}
