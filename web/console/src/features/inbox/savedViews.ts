/** Views that were kept under a name: how they become what is listed, and which of them is listed now. */
import type { SavedView } from '@/shared/api';
import { FILTERS, UNFILTERED, type Wanted } from './list';

export const SAVED_VIEWS = ['saved-views'];

/** All that a view says, and nothing left of what was listed before. */
export function wantedOf({ query }: SavedView): Wanted {
  const known = [...FILTERS, 'view', 'sort'] as const;
  const said = Object.fromEntries(known.flatMap((name) => (query[name] == null ? [] : [[name, query[name]]])));
  return { ...UNFILTERED, view: 'all', sort: 'last_activity', ...said };
}

/** Whether this view is what is listed now. */
export function isListed(view: SavedView, wanted: Wanted): boolean {
  const other = wantedOf(view);
  return ([...FILTERS, 'view', 'sort'] as const).every((name) => other[name] === wanted[name]);
}
