import { expect, test } from 'vitest';
import { withGrade, withLimit } from './abilities';

const member = { staff_id: 's', name: '小雅', team_ids: [], grades: { a: 3, b: 5 }, limits: { voice: 1 } };

test.each([
  ['set', 'a', 4, { a: 4, b: 5 }],
  ['added', 'c', 1, { a: 3, b: 5, c: 1 }],
  ['taken away', 'b', null, { a: 3 }],
])('a grade is %s and the rest stays', (_, skill, grade, grades) => {
  expect(withGrade(member, skill, grade)).toEqual({ grades, limits: { voice: 1 } });
});

test('a limit is set, and taken away', () => {
  expect(withLimit(member, 'email', 0).limits).toEqual({ voice: 1, email: 0 });
  expect(withLimit(member, 'voice', null)).toEqual({ grades: member.grades, limits: {} });
});
