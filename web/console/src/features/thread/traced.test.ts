import { describe, expect, it } from 'vitest';
import { reasonOf } from './traced';

const title = { zh: '取消订单', en: 'Cancel the order' };

describe('reasons', () => {
  it.each([
    [title, '取消订单', ''],
    [title, '取消订单：done', 'done'],
    [title, '客户已确认', '客户已确认'],
    [null, '已取消', '已取消'],
  ])('of %o %s', (named, reason, shown) => {
    expect(reasonOf({ title: named, reason })).toBe(shown);
  });
});
