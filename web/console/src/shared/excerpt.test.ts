import { expect, test } from 'vitest';
import { excerptOf } from './excerpt';

test.each([
  ['我想退货', '退货', ['我想', '退货', '']],
  ['Where is my ORDER?', 'order', ['Where is my ', 'ORDER', '?']],
  [`${'长'.repeat(40)}转人工吧`, '转人工', [`…${'长'.repeat(16)}`, '转人工', '吧']],
  ['没有这句话', '退款', ['没有这句话', '', '']],
])('the words are shown where they stand: %s', (text, words, parts) => {
  expect(excerptOf(text, words)).toEqual(parts);
});
