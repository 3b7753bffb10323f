import { describe, expect, it } from 'vitest';
import '@/i18n/pages/trace';
import { i18next } from '@/i18n';
import { reasonOf } from './traced';

const cancelled = { zh: '已取消', en: 'Cancelled' };

describe('reasons', () => {
  it.each([
    ['taken', '', null, '', ''],
    ['agreed', '', null, '客户已确认', 'the customer agreed'],
    ['outcome', 'found', null, '查到了', 'found'],
    ['outcome', 'too_late', cancelled, '已取消', 'Cancelled'],
    ['outcome', 'of_the_shop', null, 'of_the_shop', 'of_the_shop'],
    ['ended', 'cancelled', cancelled, '已取消', 'Cancelled'],
    ['ended', '', null, '走完了', 'went through to the end'],
    ['answered', 'order_no', null, '客户回答了订单', 'the customer answered: order'],
    [null, '客户已确认', null, '客户已确认', '客户已确认'],
  ] as const)('%s %s', (why, about, words, zh, en) => {
    expect(reasonOf({ why, about, words }, 'zh', i18next.getFixedT('zh'))).toBe(zh);
    expect(reasonOf({ why, about, words }, 'en', i18next.getFixedT('en'))).toBe(en);
  });
});
