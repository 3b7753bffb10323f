import { expect, test } from 'vitest';
import { isFinal, Problem } from './api';

test.each([
  [403, true],
  [404, true],
  [422, true],
  [429, false],
  [500, false],
  [503, false],
  [0, false], // nobody answered
])('asking again after %i is useless: %s', (status, final) => {
  expect(isFinal(new Problem('words', status, 'code'))).toBe(final);
});

test('what is not a refusal may pass', () => {
  expect(isFinal(new Error('words'))).toBe(false);
  expect(isFinal(null)).toBe(false);
});
