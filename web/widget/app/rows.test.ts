import { describe, expect, it } from 'vitest';
import { dayLabel, rowsOf } from './rows.ts';
import { INITIAL, type Outgoing } from './state.ts';
import { message, own } from './testing.ts';

const outgoing: Outgoing = {
  kind: 'text',
  content: { text: '在吗' },
  clientId: 'z',
  at: '2026-11-22T06:01:00.000Z',
  status: 'sending',
};

const rows = (messages = [message(1)], outbox: Outgoing[] = [], peerReadSeq = 0) =>
  rowsOf({ ...INITIAL, messages, outbox, conversation: { ...INITIAL.conversation, peerReadSeq } });

describe('rows', () => {
  it('group what one author says within five minutes', () => {
    const drawn = rows([
      message(1),
      message(2),
      message(3, { author: { kind: 'staff', name: '小雅' } }),
      message(4, { author: { kind: 'staff', name: '小雅' }, created_at: '2026-11-22T06:30:00.000Z' }),
    ]);
    expect(drawn.map(({ first, last }) => [first, last])).toEqual([
      [true, false],
      [false, true],
      [true, true],
      [true, true],
    ]);
  });

  it('say what was edited and what was recalled', () => {
    const drawn = rows([message(1, { edited: true }), message(2, { recalled: true }), message(3)]);
    expect(drawn.map(({ edited, recalled }) => [edited, recalled])).toEqual([
      [true, false],
      [false, true],
      [false, false],
    ]);
  });

  it('mark where another day begins', () => {
    const drawn = rows([message(1), message(2), message(3, { created_at: '2026-11-24T06:00:00.000Z' })]);
    expect(drawn.map(({ newDay }) => newDay)).toEqual([true, false, true]);
  });

  it('show on the last settled own message alone how far it has come, and on each that is not', () => {
    const said = [own(1, 'a'), own(2, 'b')];
    expect(rows(said, [], 1).map(({ status }) => status)).toEqual(['none', 'sent']);
    expect(rows(said, [], 2).map(({ status }) => status)).toEqual(['none', 'read']);
    expect(rows(said, [outgoing], 2).map(({ status }) => status)).toEqual(['none', 'read', 'sending']);
  });

  it('keep their key when the server acknowledges, so that nothing jumps', () => {
    expect(rows([], [outgoing])[0]?.key).toBe(rows([own(1, 'z')])[0]?.key);
  });
});

describe('day label', () => {
  const words = { today: '今天', yesterday: '昨天' };
  it.each([
    ['2026-11-22T00:01:00', '今天'],
    ['2026-11-21T23:59:00', '昨天'],
    ['2026-11-18T12:00:00', '11月18日周三'],
    ['2025-11-18T12:00:00', '2025年11月18日周二'],
  ])('%s is %s', (at, expected) => {
    expect(dayLabel(at, 'zh', words, new Date('2026-11-22T10:00:00'))).toBe(expected);
  });
});
