import { expect, it } from 'vitest';
import type { KindNews } from '@/shared/releases';
import type { TicketKind } from '@/shared/tickets';
import { entryName, taken } from './kindNews';
import { blankKind } from './kinds';

const news = (more: Partial<KindNews>): KindNews => ({
  code: 'refund',
  change: 'changed',
  edited: false,
  clashes: [],
  kind_id: null,
  department_id: 'shipped-for',
  position: 3,
  own: null,
  offered: { name: '退款', level: 2, states: [{ code: 'new', name: '待处理', category: 'open' }] },
  why_now: null,
  declined: null,
  ...more,
});

it('takes over what ships and leaves a kind where it stands', () => {
  const own: TicketKind = {
    ...blankKind('ours'),
    id: '1',
    code: 'refund',
    version: 4,
    archived: true,
    checklist: [{ text: '核对' }],
  };
  const draft = taken(news({ kind_id: '1' }), [own]);
  expect(draft).toMatchObject({ name: '退款', level: 2, department_id: 'ours', archived: true, taken: true });
  expect(draft.states.map(({ code }) => code)).toEqual(['new']);
  expect(draft).not.toHaveProperty('version');
});

it('begins a kind that is not there where the release puts it', () => {
  expect(taken(news({}), [])).toMatchObject({ code: 'refund', department_id: 'shipped-for', position: 3, fields: [] });
  expect(taken(news({ department_id: null }), []).department_id).toBe('');
});

it('calls states by their names', () => {
  const { offered } = news({});
  expect(entryName(offered, 'states', 'new')).toBe('待处理');
  expect(entryName(offered, 'states', 'gone')).toBe('gone');
  expect(entryName(offered, 'templates', '包裹停滞')).toBe('包裹停滞');
});
