import { describe, expect, it } from 'vitest';
import type { CannedReply } from '@/shared/api';
import { cannedCall, cannedSuggestions } from './cannedCall';

describe('a canned reply is called', () => {
  it.each([
    ['at the start', '/', 1, { from: 0, to: 1, words: '' }],
    ['with letters', '/wl', 3, { from: 0, to: 3, words: 'wl' }],
    ['with Chinese words', '/物流', 3, { from: 0, to: 3, words: '物流' }],
    ['after a space', '您好 /wl', 6, { from: 3, to: 6, words: 'wl' }],
    ['after a line break', '您好\n/en-hi', 9, { from: 3, to: 9, words: 'en-hi' }],
    ['in the middle of a text', '/wl请稍等', 3, { from: 0, to: 3, words: 'wl' }],
    ['by the same key while Chinese is written', '、wl', 3, { from: 0, to: 3, words: 'wl' }],
    ['while an input method composes', "/wu'liu", 7, { from: 0, to: 7, words: 'wuliu' }],
  ])('%s', (_, text, caret, called) => {
    expect(cannedCall(text, caret)).toEqual(called);
  });

  it.each([
    ['after a word', '是/否', 3],
    ['in a date', '11/25', 5],
    ['in an address', 'https://a', 9],
    ['in a list of things', '眼霜、面膜', 5],
    ['behind a space', '/wl ', 4],
    ['with other signs', '/wl?', 4],
    ['before it', '/wl', 0],
  ])('not %s', (_, text, caret) => {
    expect(cannedCall(text, caret)).toBeNull();
  });
});

it('shows a reply in one line, its variables as dots', () => {
  const reply: CannedReply = {
    id: 'r',
    code: 'wl',
    title: '物流查询',
    text: '订单 {{order.no}}\n已发出',
    keys: ['wl'],
    scope: 'shared',
    team_id: null,
    language: 'zh',
    category: '',
    used_count: 0,
    updated_at: '',
  };
  expect(cannedSuggestions([reply], 'wl')).toEqual([
    { id: 'r', label: '物流查询', preview: '订单 … 已发出', detail: '/wl' },
  ]);
  expect(cannedSuggestions([reply], 'zz')).toEqual([]);
});
