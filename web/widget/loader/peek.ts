/**
 * Counts unread messages before the chat has been opened. It lives in a hidden frame of its own because the visitor's token
 * is kept in the chat's origin, out of reach of the shop's page; it asks one socket for what came after the last read
 * message and loads nothing else.
 */
import type { Remembered } from '../app/memory.ts';

const asked = new URLSearchParams(location.search);
const key = `yingda:${asked.get('shop')}`;
const RETRY_MS = 30_000;
const TOKEN_REFUSED = 4401;

let unread = new Set<number>();

const remembered = (): Partial<Remembered> => JSON.parse(localStorage.getItem(key) ?? '{}') as Partial<Remembered>;
const tell = () => parent.postMessage({ yingda: ['unread', unread.size] }, asked.get('origin') ?? location.origin);

function connect(): void {
  const { token, readSeq = 0 } = remembered();
  if (!token) return;
  const socket = new WebSocket(`${location.origin.replace(/^http/, 'ws')}/api/v1/chat/socket`);
  socket.onopen = () => socket.send(JSON.stringify({ type: 'hello', token, after_seq: readSeq }));
  socket.onmessage = ({ data }) => {
    const { type, message } = JSON.parse(data);
    if (type === 'ping') socket.send('{"type":"pong"}');
    if (type !== 'message' || message.seq <= readSeq || !/assistant|staff/.test(message.author.kind)) return;
    unread.add(message.seq);
    tell();
  };
  socket.onclose = ({ code }) => {
    if (code !== TOKEN_REFUSED) setTimeout(connect, RETRY_MS * (1 + Math.random()));
  };
}

/** Another tab may have read in the meantime. */
addEventListener('storage', (event) => {
  if (event.key !== key) return;
  const { readSeq = 0 } = remembered();
  unread = new Set([...unread].filter((seq) => seq > readSeq));
  tell();
});

if (asked.has('forget')) localStorage.removeItem(key);
else connect();
