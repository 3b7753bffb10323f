import { expect, test } from 'vitest';
import type { Colleague, Role } from '@/shared/people';
import { BLANK, bodyOf, changesOf, draftOf, isBeyond, placeKey, placeName, placeOf, queryOf, stateOf } from './drafts';

const DEPARTMENTS = [
  { id: 'd1', code: 'service', name: '客服部', teams: [{ id: 't1', name: '售前组' }] },
  { id: 'd2', code: 'quality', name: '质量部', teams: [] },
];
const colleague = (part: Partial<Colleague>): Colleague => ({
  id: 'c1',
  display_name: '小雅',
  active: true,
  demo: false,
  memberships: [],
  ...part,
});

test.each([
  [{ active: true, invited: false }, 'active'],
  [{ active: true, invited: true }, 'invited'],
  [{ active: false, invited: true }, 'left'],
  [{ active: true }, 'active'],
] as const)('%o is %s', (part, state) => {
  expect(stateOf(colleague(part))).toBe(state);
});

test.each([
  ['all', '', '', true, {}],
  ['active', ' 小雅 ', 'team:t1', true, { q: '小雅', active: true, invited: false, team_id: 't1' }],
  ['invited', '', 'department:d2', true, { active: true, invited: true, department_id: 'd2' }],
  ['left', '', '', true, { active: false }],
  ['active', '', '', false, { active: true }],
] as const)('%s people with “%s” in %s are asked for', (state, words, place, manages, expected) => {
  expect(queryOf({ state, words, place, role: '' }, manages)).toEqual({ limit: 50, ...expected });
});

test('who holds a role is asked for by those who manage staff', () => {
  const wanted = { state: 'all', words: '', place: '', role: 'agent' } as const;
  expect(queryOf(wanted, true)).toEqual({ limit: 50, role: 'agent' });
  expect(queryOf(wanted, false)).toEqual({ limit: 50 });
});

test.each([{ team_id: 't1' }, { department_id: 'd2' }, {}])('a place has one word: %o', (place) => {
  expect(placeOf(placeKey(place))).toEqual(place);
});

test('a place is called by its department and its team', () => {
  expect(placeName(DEPARTMENTS, 'team:t1')).toBe('客服部 / 售前组');
  expect(placeName(DEPARTMENTS, 'team:gone')).toBeUndefined();
});

test('what was read is written as it was', () => {
  const memberships = [
    { department_id: 'd1', team_id: 't1' },
    { department_id: 'd2', team_id: null },
  ];
  const roles = [{ role: 'agent', department_id: null, team_id: 't1' }];
  const body = bodyOf(draftOf(colleague({ locale: 'en', roles, memberships })), DEPARTMENTS);
  expect(body).toEqual({ display_name: '小雅', locale: 'en', roles, memberships });
});

test('only what was changed is sent', () => {
  const kept = draftOf(colleague({ roles: [{ role: 'agent', department_id: null, team_id: null }] }));
  expect(changesOf(kept, { ...kept }, DEPARTMENTS)).toEqual({});
  expect(changesOf(kept, { ...kept, memberships: ['department:d2'] }, DEPARTMENTS)).toEqual({
    memberships: [{ department_id: 'd2', team_id: null }],
  });
});

test('a role that was not chosen is not sent', () => {
  expect(bodyOf({ ...BLANK, roles: [{ role: '' }, { role: 'agent' }] }, []).roles).toEqual([{ role: 'agent' }]);
});

test('nobody hands out what they do not hold everywhere', () => {
  const role: Role = {
    id: 'r1',
    code: 'agent',
    name: '客服',
    description: '',
    builtin: true,
    permissions: ['staff.read', 'tickets.read'],
    holders: null,
    version: 1,
  };
  const me = (held: string[], limited_to = {}) => ({ permissions: held as 'staff.read'[], limited_to });
  expect(isBeyond(role, me(['staff.read', 'tickets.read']))).toBe(false);
  expect(isBeyond(role, me(['staff.read']))).toBe(true);
  expect(isBeyond(role, me(['staff.read', 'tickets.read'], { 'tickets.read': [] }))).toBe(true);
});
