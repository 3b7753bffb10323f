/** What the tests are made of: messages, and a server that answers as told. */
import { vi } from 'vitest';
import type { Message, Session } from './contract.ts';

export function message(seq: number, change: Partial<Message> = {}): Message {
  return {
    id: `m${seq}`,
    conversation_id: 'c1',
    seq,
    kind: 'text',
    content: { text: `text ${seq}` },
    author: { kind: 'assistant', name: null },
    client_id: null,
    created_at: `2026-11-22T06:00:${String(seq % 60).padStart(2, '0')}.000Z`,
    recalled: false,
    edited: false,
    rateable: false,
    rating: null,
    ...change,
  } as Message;
}

export const own = (seq: number, clientId: string): Message =>
  message(seq, { author: { kind: 'customer', name: null }, client_id: clientId });

export function session(messages: Message[] = [], change: Partial<Session> = {}): Session {
  const last = messages.at(-1)?.seq ?? 0;
  return {
    token: 't1',
    customer: { name: null, identified: false },
    shop: { code: 'liuli', name: '琉璃美妆', greeting: '您好', demo: true },
    conversation: messages.length
      ? { id: 'c1', state: 'pending', last_seq: last, read_seq: last, peer_read_seq: last, assignee: null }
      : null,
    messages,
    has_more: false,
    unread: 0,
    limits: { text_chars: 4000, upload_bytes: 1000 },
    ...change,
  };
}

export type Answer = [status: number, body?: unknown, headers?: Record<string, string>] | 'unreachable';
export interface Asked {
  route: string;
  token: string | null;
  body: Record<string, unknown>;
}

/** Replaces fetch: each route answers by its function, called with what was asked. */
export function serve(routes: Record<string, (asked: Asked) => Answer>): Asked[] {
  const log: Asked[] = [];
  vi.stubGlobal('fetch', async (url: string, init: RequestInit) => {
    const [path = ''] = url.split('/chat/')[1]?.split('?') ?? [];
    const headers = init.headers as Record<string, string>;
    const asked = {
      route: `${init.method} ${path}`,
      token: headers.Authorization?.replace('Bearer ', '') ?? null,
      body: JSON.parse(String(init.body ?? '{}')) as Record<string, unknown>,
    };
    log.push(asked);
    const answer = routes[asked.route]?.(asked) ?? 'unreachable';
    if (answer === 'unreachable') throw new TypeError('no network');
    const [status, body, more] = answer;
    return new Response(body === undefined ? null : JSON.stringify(body), { status, headers: more ?? {} });
  });
  return log;
}

/** Replaces WebSocket; the test plays the server's end. */
export class FakeSocket {
  static readonly OPEN = 1;
  static all: FakeSocket[] = [];
  readonly sent: Record<string, unknown>[] = [];
  readyState = 0;
  onopen: (() => void) | null = null;
  onmessage: ((event: { data: string }) => void) | null = null;
  onclose: ((event: { code: number }) => void) | null = null;

  readonly url: string;

  constructor(url: string) {
    this.url = url;
    FakeSocket.all.push(this);
  }

  static get latest(): FakeSocket {
    const socket = FakeSocket.all.at(-1);
    if (!socket) throw new Error('no socket was opened');
    return socket;
  }

  send(data: string): void {
    this.sent.push(JSON.parse(data) as Record<string, unknown>);
  }

  close(code = 1000): void {
    if (this.readyState === 3) return;
    this.readyState = 3;
    this.onclose?.({ code });
  }

  accept(): void {
    this.readyState = FakeSocket.OPEN;
    this.onopen?.();
    this.say({ type: 'ready', last_seq: 0 });
  }

  say(frame: object): void {
    this.onmessage?.({ data: JSON.stringify(frame) });
  }
}
