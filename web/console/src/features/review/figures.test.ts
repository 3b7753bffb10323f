import type { TFunction } from 'i18next';
import { expect, test } from 'vitest';
import type { Learned, Models, Training } from '@/shared/api';
import { makerOf, mayServe, percent, refused, underWay } from './figures';

test.each([
  [0, '0%'],
  [0.8243, '82.4%'],
  [0.9998, '100%'],
  [1, '100%'],
])('%d is written %s', (share, written) => {
  expect(percent(share)).toBe(written);
});

test('a training is under way until it has an end', () => {
  const at = (state: Training['state']) => underWay({ state } as Training);
  expect([at('queued'), at('running'), at('done'), at('failed'), underWay(undefined)]).toEqual([
    true,
    true,
    false,
    false,
    false,
  ]);
});

test('a candidate may serve once it is done, and again after it was rolled back', () => {
  const of = (state: Training['state'], current?: number) =>
    mayServe({ state, learned: { version: 2 } } as Training, current);
  expect([of('done', 1), of('published', 1), of('published', 2), of('published'), of('running', 1)]).toEqual([
    true,
    true,
    false,
    false,
    false,
  ]);
});

test('what is worse or lacks an intent is refused', () => {
  const of = (worse: boolean, lacking: string[]) => refused({ worse, lacking } as unknown as Learned);
  expect([of(false, []), of(true, []), of(false, ['chat.human'])]).toEqual([false, true, true]);
});

test.each([
  ['x', '小雅', '小雅'],
  ['x', '', 'review.someone'],
  [null, 'root', 'review.onMachine'],
])('who published: %s %s', (by_id, by_name, words) => {
  const t = ((key: string) => key) as TFunction;
  expect(makerOf({ by_id, by_name } as Models['history'][number], t)).toBe(words);
});
