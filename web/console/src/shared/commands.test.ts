import { describe, expect, it } from 'vitest';
import { type Command, matching } from './commands';

const command = (title: string): Command => ({ id: title, title, run: () => {} });
const commands = ['打开：待接入', '打开：我的', '结束会话', 'Switch to English'].map(command);

describe('matching', () => {
  it.each([
    ['', ['打开：待接入', '打开：我的', '结束会话', 'Switch to English']],
    ['打开', ['打开：待接入', '打开：我的']],
    ['打开 我', ['打开：我的']],
    ['english SWITCH', ['Switch to English']],
    ['退款', []],
  ])('%s', (words, titles) => {
    expect(matching(commands, words).map((one) => one.title)).toEqual(titles);
  });
});
