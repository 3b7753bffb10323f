import { describe, expect, it } from 'vitest';
import type { Message } from '@/shared/api';
import { append, EMPTY, lastSeq, type Outgoing, prepend, type Stretch, stillOutgoing } from './stretch';

const message = (seq: number, text = `第${seq}条`): Message => ({
  id: `m${seq}`,
  conversation_id: 'c',
  seq,
  kind: 'text',
  author: { kind: 'customer' },
  content: { type: 'text', text },
  created_at: '2026-11-22T08:00:00Z',
  external_id: `staff:me:client-${seq}`,
});
const of = (...seqs: number[]): Stretch => ({ messages: seqs.map((seq) => message(seq)), hasOlder: false });
const seqs = (stretch: Stretch) => stretch.messages.map((one) => one.seq);

describe('append', () => {
  it.each([
    ['the next one', of(1, 2), [3], [1, 2, 3], false],
    ['out of order', of(1, 2), [4, 3], [1, 2, 3, 4], false],
    ['twice', of(1, 2), [2, 3, 3], [1, 2, 3], false],
    ['a gap', of(1, 2), [4], [1, 2], true],
    ['as far as it joins', of(1, 2), [3, 5], [1, 2, 3], true],
    ['into nothing', EMPTY, [41, 42], [41, 42], false],
    ['what is older than all', of(8, 9), [3], [8, 9], false],
  ])('%s', (_, stretch, incoming, expected, gap) => {
    const joined = append(
      stretch,
      incoming.map((seq) => message(seq)),
    );
    expect(seqs(joined.stretch)).toEqual(expected);
    expect(joined.gap).toBe(gap);
  });

  it('keeps the same stretch when nothing is new', () => {
    const stretch = of(1, 2);
    expect(append(stretch, [...stretch.messages]).stretch).toBe(stretch);
  });

  it('does not go back to what a message said before its last edit', () => {
    const edited = { ...message(2, '改过'), edited_at: '2026-11-22T08:01:00Z' };
    const known = append(of(1, 2), [edited]).stretch;
    expect(append(known, [message(2)]).stretch).toBe(known);
  });

  it('shows a message that changed', () => {
    const recalled = { ...message(2), recalled: true };
    expect(append(of(1, 2), [recalled]).stretch.messages[1]?.recalled).toBe(true);
  });
});

describe('prepend', () => {
  it('puts earlier ones in front, once', () => {
    const stretch = prepend(of(5, 6), [message(3), message(4), message(5)], true);
    expect(seqs(stretch)).toEqual([3, 4, 5, 6]);
    expect(stretch.hasOlder).toBe(true);
    expect(lastSeq(stretch)).toBe(6);
  });
});

it('forgets what has arrived', () => {
  const sent = (clientId: string): Outgoing => ({ clientId, kind: 'reply', text: '', at: '', failure: null });
  const left = stillOutgoing([sent('client-2'), sent('client-9')], of(1, 2).messages);
  expect(left.map((one) => one.clientId)).toEqual(['client-9']);
});
