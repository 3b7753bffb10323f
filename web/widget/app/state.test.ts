import { describe, expect, it } from 'vitest';
import type { Session } from './contract.ts';
import { type ChatAction, type ChatState, INITIAL, merge, type Outgoing, reduce } from './state.ts';
import { message, own, session } from './testing.ts';

const play = (...actions: ChatAction[]): ChatState => actions.reduce(reduce, INITIAL);
const seqs = (state: ChatState) => state.messages.map(({ seq }) => seq);
const started = (...numbers: number[]): ChatAction => ({
  type: 'started',
  session: session(numbers.map((seq) => message(seq))),
  outbox: [],
});
const received = (inOrder: boolean, ...numbers: number[]): ChatAction => ({
  type: 'received',
  messages: numbers.map((seq) => message(seq)),
  inOrder,
});
const outgoing = (clientId: string, status: Outgoing['status'] = 'sending'): Outgoing => ({
  kind: 'text',
  content: { text: '你好' },
  clientId,
  at: '2026-11-22T06:00:00.000Z',
  status,
});

describe('waiting for a person', () => {
  const queue = { place: 3, seconds: 240, callback: 'offered' } as const;
  const open: ChatAction = { type: 'state', state: 'open', assignee: null };

  it('shows where the customer stands until somebody is there', () => {
    const waiting = play(started(1), open, { type: 'queue', queue });
    expect(waiting.queue).toEqual(queue);
    expect(reduce(waiting, { type: 'state', state: 'open', assignee: '小雅' }).queue).toBeNull();
  });

  it('shows nothing of it to who does not wait, as when a late word comes', () => {
    expect(play(started(1), { type: 'queue', queue }).queue).toBeNull();
  });
});

describe('messages', () => {
  it.each([
    ['in order', [[1], [2], [3]], [1, 2, 3]],
    ['out of order', [[3], [1], [2]], [1, 2, 3]],
    ['twice', [[1], [1, 2], [2]], [1, 2]],
    ['with gaps, for staff notes are not shown', [[1], [4], [9]], [1, 4, 9]],
  ])('are kept ascending and once when they come %s', (_, batches, expected) => {
    expect(seqs(play(started(), ...batches.map((batch) => received(true, ...batch))))).toEqual(expected);
  });

  it('keep the later copy, which may be a recall', () => {
    const merged = merge([message(1)], [message(1, { recalled: true })]);
    expect(merged).toHaveLength(1);
    expect(merged[0]?.recalled).toBe(true);
  });

  it('that were edited or recalled while the line was down are shown as they are now', () => {
    const changes = [message(1, { edited: true }), message(2, { recalled: true }), message(3)];
    const state = play(started(1, 2), { type: 'refreshed', session: session(changes) });
    expect(state.messages).toEqual(changes.slice(0, 2)); // what is new comes by the stream
    expect(state.cursor).toBe(2);
  });

  it('of the conversation that this one has become a part of replace what is shown', () => {
    const merged = [51, 52].map((seq) => message(seq, { conversation_id: 'c0' }));
    const conversation = { id: 'c0', state: 'open', last_seq: 52, read_seq: 52, peer_read_seq: 52, assignee: null };
    const whole = session(merged, { conversation: conversation as Session['conversation'], has_more: true });
    const state = play(started(1, 2), { type: 'refreshed', session: whole });
    expect([seqs(state), state.conversation.id, state.hasMore]).toEqual([[51, 52], 'c0', true]);
  });

  it('of another conversation leave what is before the first of them to be asked for', () => {
    const far = { type: 'received', messages: [message(9, { conversation_id: 'c2' })], inOrder: true } as const;
    const state = play(started(1, 2), far);
    expect([seqs(state), state.hasMore]).toEqual([[9], true]);
  });

  it('from further back go in front and change neither the cursor nor what is unread', () => {
    const state = play(started(51, 52), { type: 'history', messages: [message(1), message(50)], hasMore: true });
    expect(seqs(state)).toEqual([1, 50, 51, 52]);
    expect([state.cursor, state.unread, state.hasMore]).toEqual([52, 0, true]);
  });
});

describe('the cursor', () => {
  it('follows what the server sends in order', () => {
    expect(play(started(1, 2), received(true, 3), received(true, 5)).cursor).toBe(5);
  });

  it('stays behind the answer to an own message, which may have overtaken others', () => {
    const state = play(started(1, 2), received(false, 5));
    expect([state.cursor, seqs(state)]).toEqual([2, [1, 2, 5]]);
  });

  it('begins anew with another session', () => {
    expect(play(started(1, 2, 30), started(4)).cursor).toBe(4);
  });
});

describe('the outbox', () => {
  const queued: ChatAction = { type: 'queued', outgoing: outgoing('a') };

  it('gives up a message when its acknowledgement or its copy on the stream comes', () => {
    for (const inOrder of [true, false]) {
      const state = play(started(1), queued, { type: 'received', messages: [own(2, 'a')], inOrder });
      expect(state.outbox).toEqual([]);
      expect(seqs(state)).toEqual([1, 2]);
    }
  });

  it('shows a message once when both come', () => {
    const copy: ChatAction = { type: 'received', messages: [own(2, 'a')], inOrder: true };
    expect(seqs(play(started(1), queued, copy, { ...copy, inOrder: false }))).toEqual([1, 2]);
  });

  it('keeps what others do not acknowledge', () => {
    const state = play(started(1), queued, { type: 'queued', outgoing: outgoing('b') }, received(true, 2));
    expect(state.outbox.map(({ clientId }) => clientId)).toEqual(['a', 'b']);
  });

  it('is freed of what had arrived before the page was left', () => {
    const state = play({ type: 'started', session: session([own(1, 'a')]), outbox: [outgoing('a'), outgoing('b')] });
    expect(state.outbox.map(({ clientId }) => clientId)).toEqual(['b']);
  });

  it('changes one message and drops one', () => {
    const failed: ChatAction = { type: 'outgoing', clientId: 'a', change: { status: 'failed', detail: '太长' } };
    expect(play(started(), queued, failed).outbox[0]).toMatchObject({ status: 'failed', detail: '太长' });
    expect(play(started(), queued, failed, { type: 'discarded', clientId: 'a' }).outbox).toEqual([]);
  });

  it('turns an upload into the file that the server knows', () => {
    const said = {
      kind: 'file',
      content: { file_id: 'f', url: '/f', name: 'a.pdf', size: 9, media_type: 'application/pdf' },
    };
    const state = play(started(), queued, { type: 'uploaded', clientId: 'a', said } as ChatAction);
    expect(state.outbox[0]).toMatchObject({ clientId: 'a', kind: 'file', content: { file_id: 'f' } });
    expect(state.outbox[0]?.progress).toBeUndefined();
  });
});

describe('unread', () => {
  it('counts what the service side says, each message once', () => {
    const state = play(
      started(1),
      received(true, 2),
      received(true, 2, 3),
      { type: 'received', messages: [own(4, 'x')], inOrder: true },
      { type: 'received', messages: [message(5, { author: { kind: 'system', name: null } })], inOrder: true },
    );
    expect(state.unread).toBe(2);
  });

  it('is nothing after reading, and what was read before does not count again', () => {
    const read: ChatAction = { type: 'read', seq: 3 };
    expect(play(started(1), received(true, 3), read).unread).toBe(0);
    expect(play(started(1), received(true, 3), read, received(true, 2)).unread).toBe(0);
  });

  it('starts from what the session says', () => {
    expect(play({ type: 'started', session: session([message(1)], { unread: 7 }), outbox: [] }).unread).toBe(7);
  });
});

describe('the conversation', () => {
  it('gets its id from the first message', () => {
    expect(play(started(), received(true, 1)).conversation.id).toBe('c1');
  });

  it('takes an answer for a sign that what came before it was read', () => {
    expect(play(started(), received(true, 7)).conversation.peerReadSeq).toBe(7);
    const answered = session([own(1, 'a'), message(2)]);
    if (answered.conversation) answered.conversation.peer_read_seq = 0;
    expect(play({ type: 'started', session: answered, outbox: [] }).conversation.peerReadSeq).toBe(2);
  });

  it('gives way to the next one, whose numbers begin anew', () => {
    const next = message(1, { conversation_id: 'c2' });
    const state = play(started(1, 2, 3), { type: 'received', messages: [message(4), next], inOrder: true });
    expect(state.messages).toEqual([next]);
    expect([state.conversation.id, state.cursor, state.unread]).toEqual(['c2', 1, 1]);
  });

  it('that began elsewhere during a break is taken over whole', () => {
    const elsewhere = session([message(1, { conversation_id: 'c2' })], { unread: 1 });
    if (elsewhere.conversation) elsewhere.conversation.id = 'c2';
    const state = play(started(1, 2, 3), { type: 'refreshed', session: elsewhere });
    expect([seqs(state), state.conversation.id, state.cursor]).toEqual([[1], 'c2', 1]);
  });

  it('stays on the screen when the server has closed the book on it', () => {
    expect(seqs(play(started(1, 2), { type: 'refreshed', session: session() }))).toEqual([1, 2]);
  });

  it('moves read marks forward only', () => {
    const state = play(started(1), { type: 'peer-read', seq: 9 }, { type: 'peer-read', seq: 4 });
    expect(state.conversation.peerReadSeq).toBe(9);
  });

  it('stops showing that somebody types when they have spoken', () => {
    const typing: ChatAction = { type: 'typing', author: { kind: 'assistant', name: null } };
    expect(play(started(1), typing).typing).not.toBeNull();
    expect(play(started(1), typing, received(true, 2)).typing).toBeNull();
  });

  it('knows that nobody answers yet', () => {
    const waiting: ChatAction = { type: 'state', state: 'open', assignee: null };
    expect(play(started(1), waiting).conversation).toMatchObject({ state: 'open', assignee: null });
  });
});
