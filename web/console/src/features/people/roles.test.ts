import { expect, test } from 'vitest';
import type { Role } from '@/shared/people';
import type { Permission } from '@/shared/session';
import { copyOf, draftOfRole, fixedBy, lost } from './roles';

const role = (part: Partial<Role>): Role => ({
  id: 'x',
  code: 'role_x',
  name: '夜班',
  description: '晚上',
  builtin: false,
  holders: 0,
  version: 1,
  permissions: ['staff.read', 'reports.read', 'moon.land'],
  ...part,
});
const me = { permissions: ['staff.read', 'staff.manage', 'reports.read'] as Permission[], limited_to: {} };

test('a role of another version is shown as far as it is known', () => {
  expect(draftOfRole(role({})).permissions).toEqual(['reports.read', 'staff.read']);
});

test.each([
  [role({ builtin: true, permissions: ['staff.read'] }), 'builtin'],
  [role({ permissions: ['staff.read'] }), undefined],
  [role({ permissions: ['audit.read'] }), 'beyond'],
])('a role stays as it is: %o %s', (one, why) => {
  expect(fixedBy(one, me)).toBe(why);
});

test('a copy leaves out what one cannot give', () => {
  const limited = { ...me, limited_to: { 'reports.read': ['team'] } };
  const draft = copyOf(role({ permissions: ['staff.read', 'reports.read', 'audit.read'] }), '长'.repeat(70), limited);
  expect(draft).toEqual({ name: '长'.repeat(60), description: '晚上', permissions: ['staff.read'] });
});

test('what is taken away', () => {
  const before = draftOfRole(role({}));
  expect(lost(before, { ...before, permissions: ['staff.read', 'staff.manage'] })).toEqual(['reports.read']);
  expect(lost(before, before)).toEqual([]);
});
