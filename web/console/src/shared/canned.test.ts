import { describe, expect, it } from 'vitest';
import type { CannedReply, VariableInfo } from './api';
import { gapsIn, matchingReplies } from './canned';

const reply = (code: string, title: string, text: string, keys: string[]): CannedReply => ({
  id: code,
  code,
  title,
  text,
  keys: [code, title, ...keys],
  scope: 'shared',
  team_id: null,
  language: 'zh',
  category: '',
  used_count: 0,
  updated_at: '',
});
const PARCEL = reply('wl', '物流查询', '您的订单已发货', ['wuliuchaxun', 'wlcx']);
const STUCK = reply('wltz', '物流停滞', '包裹没有更新', ['wuliutingzhi', 'wltz']);
const GREETING = reply('nh', '开场问候', '您好，物流请稍等', ['kaichangwenhou', 'kcwh']);
const ALL = [GREETING, STUCK, PARCEL];

describe('a canned reply', () => {
  it.each([
    ['the code itself first', 'wl', [PARCEL, STUCK]],
    ['whatever case', 'WL', [PARCEL, STUCK]],
    ['initials', 'wlcx', [PARCEL]],
    ['pinyin, begun', 'wuliut', [STUCK]],
    ['title before text', '物流', [STUCK, PARCEL, GREETING]],
    ['words of the text', '更新', [STUCK]],
    ['all words', '物流 稍等', [GREETING]],
    ['nothing written', '', ALL],
    ['nothing that fits', 'zzz', []],
  ])('is found: %s', (_, words, found) => {
    expect(matchingReplies(ALL, words)).toEqual(found);
  });
});

describe('a gap', () => {
  const variables: VariableInfo[] = [
    {
      name: 'order.no',
      zh: { label: '订单号', example: '1' },
      en: { label: 'order number', example: '1' },
    },
  ];
  it.each([
    ['in Chinese', '订单【订单号】', [['订单号', 2, 7]]],
    [
      'in English, twice',
      '【order number】【order number】',
      [
        ['order number', 0, 14],
        ['order number', 14, 28],
      ],
    ],
    ['not what a shop writes so', '【温馨提示】请签收', []],
    ['not without brackets', '订单号', []],
  ])('is found: %s', (_, text, gaps) => {
    expect(gapsIn(text, variables).map(({ label, from, to }) => [label, from, to])).toEqual(gaps);
  });
});
