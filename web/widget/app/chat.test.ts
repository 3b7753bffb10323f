import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { Chat } from './chat.ts';
import type { Identity, Session } from './contract.ts';
import { type Answer, type Asked, FakeSocket, message, own, serve, session } from './testing.ts';

const stored = new Map<string, string>();
let chat: Chat;

beforeEach(() => {
  vi.useFakeTimers();
  vi.spyOn(Math, 'random').mockReturnValue(1);
  stored.clear();
  FakeSocket.all = [];
  vi.stubGlobal('WebSocket', FakeSocket);
  vi.stubGlobal('localStorage', {
    getItem: (key: string) => stored.get(key) ?? null,
    setItem: (key: string, value: string) => stored.set(key, value),
    removeItem: (key: string) => stored.delete(key),
  });
});

afterEach(() => {
  chat.stop();
  vi.useRealTimers();
  vi.unstubAllGlobals();
  vi.restoreAllMocks();
});

const settle = () => vi.advanceTimersByTimeAsync(0);
const say = (text: string) => chat.say({ kind: 'text', content: { text } });
const seqs = () => chat.store.state.messages.map(({ seq }) => seq);
const opening = (): Answer => [201, session([message(1)])];
const problem = (status: number, code: string, headers = {}): Answer => [status, { code, detail: code }, headers];
const remembered = () => JSON.parse(stored.get('yingda:liuli') ?? '{}') as Record<string, unknown>;

function start(identity: Identity | null = null): void {
  chat = new Chat({
    shop: 'liuli',
    locale: 'zh',
    identity,
    base: 'http://localhost/api/v1/chat',
    explain: ({ message: words, code }) => words || code,
  });
  void chat.start();
}

async function begin(identity: Identity | null = null): Promise<void> {
  start(identity);
  await settle();
}

/** Answers sends in turn, the last answer for ever, and stores nothing by itself. */
function sending(...answers: Answer[]): (asked: Asked) => Answer {
  return () => (answers.length > 1 ? (answers.shift() as Answer) : (answers[0] as Answer));
}

const asked = (log: Asked[], route: string) => log.filter((entry) => entry.route === route);

describe('a session', () => {
  it('is opened as a new visitor and remembered', async () => {
    const log = serve({ 'POST sessions': opening });
    await begin();
    expect(log[0]?.body).toMatchObject({ shop: 'liuli', token: null, identity: null, locale: 'zh' });
    expect(remembered()).toMatchObject({ token: 't1', readSeq: 1 });
    FakeSocket.latest.accept();
    expect(FakeSocket.latest.sent[0]).toEqual({ type: 'hello', token: 't1', after_seq: 1 });
  });

  it('is continued with the remembered token', async () => {
    stored.set('yingda:liuli', JSON.stringify({ token: 'old' }));
    const log = serve({ 'POST sessions': opening });
    await begin();
    expect(log[0]?.body.token).toBe('old');
  });

  it.each([
    ['a visitor becomes a customer', null, 'old'],
    ['the same customer comes back', 'C1', 'old'],
    ['another customer signs in', 'C2', null],
  ])('takes the token along or leaves it when %s', async (_, userId, token) => {
    stored.set('yingda:liuli', JSON.stringify({ token: 'old', userId }));
    const log = serve({ 'POST sessions': opening });
    await begin({ user_id: 'C1', signature: 's' });
    expect(log[0]?.body.token).toBe(token);
    expect(remembered().userId).toBe('C1');
  });

  it('goes on without an identity whose signature is refused', async () => {
    const log = serve({
      'POST sessions': ({ body }) => (body.identity ? problem(401, 'identity_signature_invalid') : opening()),
    });
    await begin({ user_id: 'C1', signature: 'wrong' });
    expect(asked(log, 'POST sessions')).toHaveLength(2);
    expect(chat.store.state.phase).toBe('ready');
    expect(remembered().userId).toBeNull();
  });

  it('is asked for again until the server can be reached', async () => {
    const log = serve({ 'POST sessions': sending('unreachable', problem(503, ''), opening()) });
    await begin();
    expect(chat.store.state.online).toBe(false);
    await vi.advanceTimersByTimeAsync(5000);
    expect(asked(log, 'POST sessions')).toHaveLength(3);
    expect(chat.store.state).toMatchObject({ phase: 'ready', online: true });
  });

  it('that is refused says why and can be tried again', async () => {
    serve({ 'POST sessions': sending(problem(404, 'shop_unknown'), opening()) });
    await begin();
    expect(chat.store.state).toMatchObject({ phase: 'failed', notice: 'shop_unknown' });
    void chat.start();
    await settle();
    expect(chat.store.state.phase).toBe('ready');
  });
});

describe('a verdict on an answer', () => {
  const answer = message(1, { rateable: true });
  const given = () => chat.store.state.messages[0]?.rating;

  it('is shown at once and sent', async () => {
    const log = serve({ 'POST sessions': () => [201, session([answer])], 'PUT ratings': () => [204] });
    await begin();
    chat.rate(answer, 'useless');
    expect(given()).toBe('useless');
    await settle();
    expect(asked(log, 'PUT ratings')[0]?.body).toEqual({ conversation_id: 'c1', seq: 1, verdict: 'useless' });
    expect(given()).toBe('useless');
  });

  it('is taken back with a word when the server refuses it', async () => {
    serve({ 'POST sessions': () => [201, session([answer])], 'PUT ratings': () => problem(429, 'rate_limited') });
    await begin();
    chat.rate(answer, 'useful');
    await settle();
    expect(given()).toBeNull();
    expect(chat.store.state.notice).toBe('rate_limited');
  });
});

describe('sending', () => {
  it('shows at once and repeats under the same id until it hears an answer', async () => {
    const log = serve({
      'POST sessions': opening,
      'POST messages': sending('unreachable', problem(502, ''), [201, own(2, 'later')]),
    });
    await begin();
    say('你好');
    expect(chat.store.state.outbox).toMatchObject([{ status: 'sending', content: { text: '你好' } }]);
    await vi.advanceTimersByTimeAsync(10);
    expect(chat.store.state.outbox[0]?.status).toBe('waiting');
    await vi.advanceTimersByTimeAsync(10_000);
    const ids = asked(log, 'POST messages').map(({ body }) => body.client_id);
    expect([ids.length, new Set(ids).size]).toEqual([3, 1]);
    expect(chat.store.state.outbox).toEqual([]);
  });

  it('keeps the order in which messages were written', async () => {
    let seq = 1;
    const log = serve({
      'POST sessions': opening,
      'POST messages': ({ body }) => [201, own(++seq, String(body.client_id))],
    });
    await begin();
    for (const text of ['一', '二', '三']) say(text);
    await vi.advanceTimersByTimeAsync(100);
    expect(asked(log, 'POST messages').map(({ body }) => body.content)).toEqual(
      ['一', '二', '三'].map((text) => ({ text })),
    );
    expect(chat.store.state.outbox).toEqual([]);
    expect(seqs()).toEqual([1, 2, 3, 4]);
  });

  it('waits as long as the server asks when it is too fast', async () => {
    const log = serve({
      'POST sessions': opening,
      'POST messages': ({ body }) =>
        asked(log, 'POST messages').length === 1
          ? problem(429, 'rate_limited', { 'Retry-After': '9' })
          : [201, own(2, String(body.client_id))],
    });
    await begin();
    say('快');
    await vi.advanceTimersByTimeAsync(8900);
    expect(chat.store.state.notice).toBe('rate_limited');
    expect(asked(log, 'POST messages')).toHaveLength(1);
    await vi.advanceTimersByTimeAsync(200);
    expect(chat.store.state).toMatchObject({ notice: null, outbox: [] });
  });

  it('leaves a refused message to the customer and sends the others', async () => {
    const log = serve({
      'POST sessions': opening,
      'POST messages': ({ body }) =>
        (body.content as { text: string }).text === '太长'
          ? problem(422, 'text_too_long')
          : [201, own(2, String(body.client_id))],
    });
    await begin();
    say('太长');
    say('短');
    await settle();
    expect(chat.store.state.outbox).toMatchObject([{ status: 'failed', detail: 'text_too_long' }]);
    const clientId = chat.store.state.outbox[0]?.clientId ?? '';
    chat.retry(clientId);
    await settle();
    expect(asked(log, 'POST messages')).toHaveLength(3);
    chat.discard(clientId);
    expect(chat.store.state.outbox).toEqual([]);
  });

  it('survives a reload of the page', async () => {
    serve({ 'POST sessions': opening });
    await begin();
    say('没发出去');
    await settle();
    chat.stop();
    const log = serve({
      'POST sessions': opening,
      'POST messages': ({ body }) => [200, own(2, String(body.client_id))],
    });
    await begin();
    expect(asked(log, 'POST messages')[0]?.body.content).toEqual({ text: '没发出去' });
    expect(remembered().outbox).toEqual([]);
  });

  it('sends what was said before the session was open with the token of that session', async () => {
    const log = serve({
      'POST sessions': opening,
      'POST messages': ({ token, body }) =>
        token === 't1' ? [201, own(2, String(body.client_id))] : problem(401, 'visitor_token_invalid'),
    });
    start();
    say('在吗');
    await settle();
    expect(log.map(({ route }) => route)).toEqual(['POST sessions', 'POST messages']);
    expect(seqs()).toEqual([1, 2]);
  });

  it('goes on as a new visitor when the token is refused, once for all who hear it', async () => {
    let opened = 0;
    const log = serve({
      'POST sessions': () => [201, session([], { token: `t${++opened}` })],
      'POST messages': ({ token, body }) =>
        token === 't2' ? [201, own(1, String(body.client_id))] : problem(401, 'visitor_token_invalid'),
    });
    await begin();
    FakeSocket.latest.accept();
    say('还在吗');
    FakeSocket.latest.close(4401);
    await vi.advanceTimersByTimeAsync(3000);
    expect(opened).toBe(2);
    expect(asked(log, 'POST sessions')[1]?.body.token).toBeNull();
    expect(seqs()).toEqual([1]);
    FakeSocket.latest.accept();
    expect(FakeSocket.latest.sent[0]).toMatchObject({ token: 't2' });
  });
});

describe('the stream', () => {
  const catchUp = (messages: unknown[] = []): Answer => [200, { messages, has_more: false }];

  it('comes back with a growing pause and asks for what it has missed', async () => {
    serve({ 'POST sessions': opening, 'GET messages': () => catchUp() });
    await begin();
    FakeSocket.latest.accept();
    FakeSocket.latest.say({ type: 'message', message: message(2) });
    FakeSocket.latest.close(1012);
    expect(FakeSocket.all).toHaveLength(1);
    await vi.advanceTimersByTimeAsync(900);
    expect(chat.store.state.online).toBe(false);
    expect(FakeSocket.all).toHaveLength(2);
    FakeSocket.latest.close(1006);
    await vi.advanceTimersByTimeAsync(900);
    expect(FakeSocket.all).toHaveLength(2);
    await vi.advanceTimersByTimeAsync(900);
    expect(FakeSocket.all).toHaveLength(3);
    FakeSocket.latest.accept();
    expect(FakeSocket.latest.sent[0]).toMatchObject({ after_seq: 2 });
    FakeSocket.latest.say({ type: 'message', message: message(3) });
    expect(chat.store.state.online).toBe(true);
    expect(seqs()).toEqual([1, 2, 3]);
  });

  it('asks after a break who answers now, and keeps what it shows', async () => {
    const change = { state: 'open' as const, assignee: { name: '小雅' } };
    const later = session([message(2)]);
    const sessions = [session([message(1)]), { ...later, conversation: { ...later.conversation, ...change } }];
    serve({ 'POST sessions': () => [201, sessions.shift()], 'GET messages': () => catchUp() });
    await begin();
    FakeSocket.latest.accept();
    FakeSocket.latest.say({ type: 'state', state: 'open', assignee: null });
    FakeSocket.latest.close(1012);
    await vi.advanceTimersByTimeAsync(1000);
    FakeSocket.latest.accept();
    await settle();
    expect(chat.store.state.conversation).toMatchObject({ assignee: '小雅' });
    expect(seqs()).toEqual([1]);
  });

  it('does not wait when the browser says that the network is back', async () => {
    serve({ 'POST sessions': opening, 'GET messages': () => catchUp() });
    await begin();
    FakeSocket.latest.close(1006);
    await settle();
    chat.hurry();
    await settle();
    expect(FakeSocket.all).toHaveLength(2);
  });

  it('still brings messages where sockets cannot pass', async () => {
    serve({ 'POST sessions': opening, 'GET messages': () => catchUp([message(2)]) });
    await begin();
    FakeSocket.latest.close(1006);
    await vi.advanceTimersByTimeAsync(1000);
    expect(seqs()).toEqual([1, 2]);
  });

  it('reads page after page when the server says that something was left out', async () => {
    const pages = [
      { messages: [message(2)], has_more: true },
      { messages: [message(3)], has_more: false },
    ];
    serve({ 'POST sessions': opening, 'GET messages': () => [200, pages.shift()] });
    await begin();
    FakeSocket.latest.accept();
    FakeSocket.latest.say({ type: 'resync' });
    await settle();
    expect(seqs()).toEqual([1, 2, 3]);
  });

  it('goes on in the conversation that this one has become a part of', async () => {
    const sessions = [session([message(1)]), session([message(8, { conversation_id: 'c0' })])];
    const whole = { id: 'c0', state: 'open', last_seq: 8, read_seq: 8, peer_read_seq: 8, assignee: null } as const;
    sessions[1] = { ...(sessions[1] as Session), conversation: whole };
    serve({ 'POST sessions': () => [201, sessions.shift()] });
    await begin();
    FakeSocket.latest.accept();
    FakeSocket.latest.say({ type: 'merged', conversation_id: 'c0' });
    await settle();
    expect(seqs()).toEqual([8]);
  });

  it('asks for what another conversation has put behind this one', async () => {
    serve({
      'POST sessions': opening,
      'GET messages': () => [200, { messages: [message(2), message(3)], has_more: false }],
    });
    await begin();
    FakeSocket.latest.accept();
    FakeSocket.latest.say({ type: 'merged', conversation_id: 'c1' });
    await settle();
    expect(seqs()).toEqual([1, 2, 3]);
  });

  it('answers pings and leaves a server that has fallen silent', async () => {
    serve({ 'POST sessions': opening, 'GET messages': () => catchUp() });
    await begin();
    FakeSocket.latest.accept();
    FakeSocket.latest.say({ type: 'ping' });
    expect(FakeSocket.latest.sent.at(-1)).toEqual({ type: 'pong' });
    await vi.advanceTimersByTimeAsync(80_000);
    expect(FakeSocket.all.length).toBeGreaterThan(1);
  });

  it('shows who types for five seconds and tells at most once in three that the customer does', async () => {
    serve({ 'POST sessions': opening });
    await begin();
    FakeSocket.latest.accept();
    FakeSocket.latest.say({ type: 'typing', author: { kind: 'staff', name: '小雅' } });
    await vi.advanceTimersByTimeAsync(4900);
    expect(chat.store.state.typing?.name).toBe('小雅');
    await vi.advanceTimersByTimeAsync(200);
    expect(chat.store.state.typing).toBeNull();
    for (let i = 0; i < 5; i++) chat.typing();
    expect(FakeSocket.latest.sent.filter(({ type }) => type === 'typing')).toHaveLength(1);
  });
});

describe('reading', () => {
  it('is told once, and remembered for the badge on the next page', async () => {
    const log = serve({ 'POST sessions': opening, 'POST read': () => [204] });
    await begin();
    FakeSocket.latest.accept();
    FakeSocket.latest.say({ type: 'message', message: message(2) });
    expect(chat.store.state.unread).toBe(1);
    chat.read();
    chat.read();
    await settle();
    expect(asked(log, 'POST read').map(({ body }) => body)).toEqual([{ seq: 2 }]);
    expect(chat.store.state.unread).toBe(0);
    expect(remembered().readSeq).toBe(2);
  });

  it('in another tab is known here', async () => {
    serve({ 'POST sessions': opening });
    await begin();
    FakeSocket.latest.accept();
    FakeSocket.latest.say({ type: 'message', message: message(2) });
    stored.set('yingda:liuli', JSON.stringify({ ...remembered(), readSeq: 2 }));
    chat.readElsewhere();
    expect(chat.store.state.unread).toBe(0);
  });

  it('further back asks once at a time and tries again after a failure', async () => {
    const log = serve({
      'POST sessions': () => [201, session([message(60)], { has_more: true })],
      'GET messages': sending('unreachable', [200, { messages: [message(59)], has_more: false }]),
    });
    await begin();
    void chat.history();
    void chat.history();
    await settle();
    expect(asked(log, 'GET messages')).toHaveLength(1);
    await chat.history();
    expect(seqs()).toEqual([59, 60]);
    await chat.history();
    expect(asked(log, 'GET messages')).toHaveLength(2);
  });
});
