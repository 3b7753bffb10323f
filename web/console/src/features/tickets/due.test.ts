import { describe, expect, it } from 'vitest';
import { spanOf, urgencyOf } from './due';

const HOUR = 3_600_000;

describe('spanOf', () => {
  it.each([
    [20_000, 'minutes', 1],
    [59 * 60_000, 'minutes', 59],
    [HOUR, 'hours', 1],
    [47 * HOUR, 'hours', 47],
    [48 * HOUR, 'days', 2],
    [80 * HOUR, 'days', 3],
  ])('says %i as %s: %i', (span, unit, count) => {
    expect(spanOf(span)).toEqual({ unit, count });
  });
});

describe('urgencyOf', () => {
  it.each([
    [-1, 'late'],
    [3 * HOUR, 'soon'],
    [5 * HOUR, 'calm'],
  ])('with %i left is %s', (left, urgency) => {
    expect(urgencyOf(1_000_000_000_000 + left, 1_000_000_000_000)).toBe(urgency);
  });
});
