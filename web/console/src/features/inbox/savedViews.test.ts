import { describe, expect, it } from 'vitest';
import type { SavedView } from '@/shared/api';
import type { Wanted } from './list';
import { isListed, wantedOf } from './savedViews';

const view = (query: SavedView['query']): SavedView => ({ id: 'v', name: '紧急', shared: false, query });
const urgent = view({ view: 'waiting', sort: 'deadline', level: 4, state: null, shop: null });

describe('a saved view', () => {
  it('says all, and clears what was chosen before', () => {
    const before: Wanted = { view: 'mine', sort: 'level', intent: 'order.status' };
    expect({ ...before, ...wantedOf(urgent) }).toEqual({
      view: 'waiting',
      sort: 'deadline',
      level: 4,
      state: undefined,
      intent: undefined,
      channel: undefined,
      shop: undefined,
      team_id: undefined,
      assignee_id: undefined,
    });
  });

  it.each<[string, Wanted, boolean]>([
    ['exactly this', { view: 'waiting', sort: 'deadline', level: 4 }, true],
    ['one filter more', { view: 'waiting', sort: 'deadline', level: 4, shop: 'liuli' }, false],
    ['one filter less', { view: 'waiting', sort: 'deadline' }, false],
    ['another order', { view: 'waiting', sort: 'level', level: 4 }, false],
  ])('is listed: %s', (_, wanted, listed) => {
    expect(isListed(urgent, wanted)).toBe(listed);
  });
});
