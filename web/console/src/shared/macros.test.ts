import { expect, it } from 'vitest';
import { inMinutes, inUnits, isGrave } from './macros';

it.each([
  [1, 1, 'minutes'],
  [90, 90, 'minutes'],
  [120, 2, 'hours'],
  [1440, 1, 'days'],
  [2880, 2, 'days'],
  [0, 0, 'minutes'],
] as const)('%i minutes are %i %s', (minutes, count, unit) => {
  expect(inUnits(minutes)).toEqual({ count, unit });
  expect(inMinutes(count, unit)).toBe(minutes);
});

it('asks before a conversation changes hands or ends', () => {
  expect(isGrave({ type: 'resolve' })).toBe(true);
  expect(isGrave({ type: 'queue' })).toBe(true);
  expect(isGrave({ type: 'assign', staff_id: 'a' })).toBe(true);
  expect(isGrave({ type: 'take' })).toBe(false);
  expect(isGrave({ type: 'reply', text: '您好' })).toBe(false);
});
