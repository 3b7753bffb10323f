import { expect, it } from 'vitest';
import { fateOf } from './suggestedFate';

const SUGGESTED = '您好，签收后七天内可以无理由退货，运费由您承担。';

it.each([
  ['sent as it was', SUGGESTED, 'accepted'],
  ['with a blank at the end', `${SUGGESTED} `, 'accepted'],
  ['with a word added', `${SUGGESTED}谢谢您`, 'edited'],
  ['shortened', '您好，签收后七天内可以无理由退货哦', 'edited'],
  ['replaced by other words', '我帮您查一下，请稍等', null],
  ['emptied', '', null],
])('%s', (_, sent, fate) => {
  expect(fateOf(SUGGESTED, sent)).toBe(fate);
});

it('judges a single sign by itself', () => {
  expect(fateOf('好', '好')).toBe('accepted');
  expect(fateOf('好', '不好')).toBeNull();
});
