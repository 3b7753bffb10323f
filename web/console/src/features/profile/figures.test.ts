import { describe, expect, it } from 'vitest';
import { latest, placed, yuan } from './figures';

describe('money', () => {
  it.each([
    [0, '¥0.00'],
    [5, '¥0.05'],
    [12900, '¥129.00'],
    [123456, '¥1,234.56'],
    [123456789, '¥1,234,567.89'],
    [-800, '-¥8.00'],
  ])('%i cents', (cents, text) => expect(yuan(cents)).toBe(text));
});

describe('moods in a picture', () => {
  const mood = (sentiment: number) => ({ sentiment, emotion: 'calm' });

  it('lie in the order of time, good at the top', () => {
    const points = placed([mood(1), mood(0), mood(-1)], 100, 20);
    expect(points.map(({ x, y }) => [x, y])).toEqual([
      [0, 0],
      [50, 10],
      [100, 20],
    ]);
  });

  it('never leave it', () => expect(placed([mood(3), mood(-3)], 10, 10).map(({ y }) => y)).toEqual([0, 10]));
  it('lie in the middle when alone', () => expect(placed([mood(0)], 10, 10)[0]).toMatchObject({ x: 5, y: 5 }));
  it('are as many as can be told apart', () => expect(latest([1, 2, 3], 2)).toEqual([2, 3]));
});
