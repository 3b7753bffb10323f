import { expect, it } from 'vitest';
import type { KindNews } from '@/shared/releases';
import { entryName, taken } from './kindNews';

const news = (more: Partial<KindNews>): KindNews => ({
  code: 'refund',
  change: 'changed',
  edited: false,
  clashes: [],
  kind_id: null,
  version: null,
  department_id: 'shipped-for',
  position: 3,
  own: null,
  offered: { name: '退款', level: 2, states: [{ code: 'new', name: '待处理', category: 'open' }] },
  why_now: null,
  declined: null,
  ...more,
});

it('takes over what ships into the kind as it was when that was found out', () => {
  const draft = taken(news({ kind_id: '1', version: 4, department_id: 'ours', position: 7 }));
  expect(draft).toMatchObject({ name: '退款', level: 2, department_id: 'ours', position: 7, version: 4, taken: true });
  expect(draft.states.map(({ code }) => code)).toEqual(['new']);
});

it('begins a kind that is not there where the release puts it', () => {
  expect(taken(news({}))).toMatchObject({ code: 'refund', department_id: 'shipped-for', position: 3, fields: [] });
  expect(taken(news({ department_id: null })).department_id).toBe('');
});

it('calls states by their names', () => {
  const { offered } = news({});
  expect(entryName(offered, 'states', 'new')).toBe('待处理');
  expect(entryName(offered, 'states', 'gone')).toBe('gone');
  expect(entryName(offered, 'templates', '包裹停滞')).toBe('包裹停滞');
});
