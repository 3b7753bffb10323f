/** Serves the built pages and plays the server's part of `docs/web-channel.md`, for looking at the chat without one. */
import { randomUUID } from 'node:crypto';
import { existsSync, readFileSync } from 'node:fs';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { extname, join, normalize } from 'node:path';
import { fileURLToPath } from 'node:url';
import { WebSocketServer } from 'ws';
import { Conversations } from './conversations.ts';
import { CUSTOMERS, PRODUCTS } from './data.ts';

const ROOT = fileURLToPath(new URL('../../../src/yingda/app/web', import.meta.url));
const PORT = Number(process.argv[2] ?? 8099);
const TYPES: Record<string, string> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.svg': 'image/svg+xml',
};
const POLICY =
  "default-src 'self'; img-src 'self' blob: data:; connect-src 'self' ws:; object-src 'none'; base-uri 'none'";

const service = new Conversations();
const files = new Map<string, { type: string; body: Buffer }>();

class Refusal extends Error {
  readonly status: number;
  readonly code: string;
  readonly retryAfter: number | undefined;

  constructor(status: number, code: string, detail: string, retryAfter?: number) {
    super(detail);
    this.status = status;
    this.code = code;
    this.retryAfter = retryAfter;
  }
}

async function bodyOf(request: IncomingMessage): Promise<Buffer> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks);
}

function visitorOf(request: IncomingMessage) {
  const visitor = service.visitor(request.headers.authorization?.replace('Bearer ', '') ?? '');
  if (!visitor) throw new Refusal(401, 'visitor_token_invalid', '会话已失效，请重新进入');
  return visitor;
}

function store(type: string, body: Buffer): string {
  const id = randomUUID();
  files.set(id, { type, body });
  return id;
}

async function upload(request: IncomingMessage) {
  const form = await new Response(new Uint8Array(await bodyOf(request)), {
    headers: { 'Content-Type': request.headers['content-type'] ?? '' },
  }).formData();
  const file = form.get('file') as File;
  if (!/^(image\/(jpeg|png|webp|gif)|application\/pdf)$/.test(file.type)) {
    throw new Refusal(415, 'file_type_refused', '只支持 JPG、PNG、WebP、GIF 图片和 PDF 文件');
  }
  const id = store(file.type, Buffer.from(await file.arrayBuffer()));
  const uploaded = { file_id: id, url: `/files/${id}`, name: file.name, size: file.size, media_type: file.type };
  return service.uploaded({ ...uploaded, width: null, height: null });
}

function refuseByText(text: string): void {
  if (text === '限流') throw new Refusal(429, 'rate_limited', '您发送得太快了，请稍候再试', 3);
  if (text === '拒绝') throw new Refusal(422, 'text_too_long', '消息太长，请分成几条发送');
}

async function api(request: IncomingMessage, url: URL): Promise<[number, unknown]> {
  const route = `${request.method} ${url.pathname.replace('/api/v1/', '')}`;
  if (route === 'GET demo/products') return [200, { products: PRODUCTS }];
  if (route === 'GET demo/customers') return [200, { customers: CUSTOMERS }];
  if (route === 'GET chat/widget-config') return [200, { shop: service.shop, color: '#b0476b' }];
  if (route === 'POST chat/uploads') {
    visitorOf(request);
    return [201, await upload(request)];
  }
  const body = request.method === 'POST' ? JSON.parse((await bodyOf(request)).toString()) : {};
  if (route === 'POST chat/sessions') return [201, service.open(body)];
  const visitor = visitorOf(request);
  const number = (name: string) => Number(url.searchParams.get(name));
  switch (route) {
    case 'POST chat/messages':
      refuseByText(String(body.content.text));
      return service.receive(visitor, body);
    case 'POST chat/read':
      visitor.readSeq = Math.max(visitor.readSeq, body.seq);
      return [204, null];
    case 'GET chat/messages':
      return [
        200,
        url.searchParams.has('before_seq')
          ? visitor.before(number('before_seq'))
          : { messages: visitor.after(number('after_seq')), has_more: false },
      ];
    case 'GET chat/orders':
      return [200, { orders: visitor.orders }];
    case 'GET chat/reminders':
      return [200, { available: false, wanted: false }];
    default:
      throw new Refusal(404, 'not_found', route);
  }
}

function serveFile(url: URL, response: ServerResponse): void {
  const upload = files.get(url.pathname.replace('/files/', ''));
  if (upload) {
    response.writeHead(200, { 'Content-Type': upload.type }).end(upload.body);
    return;
  }
  const path = join(ROOT, normalize(url.pathname), url.pathname.endsWith('/') ? 'index.html' : '');
  const found = path.startsWith(ROOT) && existsSync(path) && extname(path) !== '';
  response.writeHead(found ? 200 : 404, {
    'Content-Type': TYPES[extname(path)] ?? 'text/plain',
    'Content-Security-Policy': POLICY,
  });
  response.end(found ? readFileSync(path) : '');
}

const server = createServer(async (request, response) => {
  const url = new URL(request.url ?? '/', `http://localhost:${PORT}`);
  if (!url.pathname.startsWith('/api/')) return serveFile(url, response);
  try {
    const [status, answer] = await api(request, url);
    response
      .writeHead(status, { 'Content-Type': 'application/json' })
      .end(answer === null ? '' : JSON.stringify(answer));
  } catch (error) {
    const { status = 500, code = 'internal', message, retryAfter } = error as Refusal;
    response.writeHead(status, {
      'Content-Type': 'application/problem+json',
      ...(retryAfter ? { 'Retry-After': String(retryAfter) } : {}),
    });
    response.end(JSON.stringify({ status, code, title: code, detail: message }));
  }
});

new WebSocketServer({ server, path: '/api/v1/chat/socket' }).on('connection', (socket) => {
  socket.once('message', (data) => {
    const hello = JSON.parse(String(data)) as { token: string; after_seq: number };
    const visitor = service.visitor(hello.token);
    if (!visitor) return socket.close(4401);
    visitor.watch(socket, hello.after_seq);
  });
});

server.listen(PORT, '127.0.0.1', () => console.log(`http://127.0.0.1:${PORT}/`));
