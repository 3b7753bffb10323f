import { describe, expect, it } from 'vitest';
import { summaryOf } from './summary';

describe('the summary of a hand-over', () => {
  it.each([
    ['order.refund', 'en', '三天了还没到'],
    ['order.refund', 'zh', '退款：三天了还没到'],
    ['chat.human', 'en', '退款：三天了还没到'],
    ['other', 'en', '退款：三天了还没到'],
    [undefined, 'en', '退款：三天了还没到'],
  ] as const)('of %s in %s', (intent, locale, told) => {
    expect(summaryOf({ summary: '退款：三天了还没到', intent }, locale)).toBe(told);
  });
});
