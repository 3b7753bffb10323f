import { randomUUID } from 'node:crypto';
import type { WebSocket } from 'ws';
import type {
  Author,
  ConversationState,
  Locale,
  Message,
  OrderCard,
  ServerFrame,
  Shown,
  Uploaded,
} from '../app/contract.ts';
import { CUSTOMERS, ORDERS } from './data.ts';

const ASSISTANT: Author = { kind: 'assistant', name: '小璃' };
const STAFF: Author = { kind: 'staff', name: '小雅' };
const SYSTEM: Author = { kind: 'system', name: null };
const CUSTOMER: Author = { kind: 'customer', name: null };

interface Opened {
  token: string | null;
  identity: { user_id: string } | null;
  locale: Locale;
}

interface Posted {
  client_id: string;
  kind: 'text' | 'image' | 'file' | 'product_card' | 'order_card';
  content: { text?: string; file_id?: string; order_no?: string };
}

/** One visitor's conversation, with whoever watches it. */
class Visitor {
  readonly token = randomUUID();
  readonly messages: Message[] = [];
  readonly userId: string | null;
  readSeq = 0;
  peerReadSeq = 0;
  state: ConversationState = 'pending';
  assignee: { name: string } | null = null;
  private readonly id = randomUUID();
  private readonly sockets = new Set<WebSocket>();

  constructor(userId: string | null) {
    this.userId = userId;
  }

  get orders(): OrderCard[] {
    return this.userId ? ORDERS : [];
  }

  get unread(): number {
    return this.messages.filter((m) => m.seq > this.readSeq && /staff|assistant/.test(m.author.kind)).length;
  }

  get lastSeq(): number {
    return this.messages.at(-1)?.seq ?? 0;
  }

  after(seq: number): Message[] {
    return this.messages.filter((message) => message.seq > seq);
  }

  before(seq: number) {
    const older = this.messages.filter((message) => message.seq < seq);
    return { messages: older.slice(-50), has_more: older.length > 50 };
  }

  add(author: Author, shown: Shown, clientId: string | null = null, at = new Date()): Message {
    const message: Message = {
      ...shown,
      id: randomUUID(),
      conversation_id: this.id,
      seq: this.lastSeq + 1,
      author,
      client_id: clientId,
      created_at: at.toISOString(),
      recalled: false,
      edited: false,
      rateable: false,
      rating: null,
    };
    this.messages.push(message);
    this.tell({ type: 'message', message });
    return message;
  }

  say(author: Author, text: string): void {
    this.add(author, { kind: 'text', content: { text } });
  }

  watch(socket: WebSocket, afterSeq: number): void {
    this.sockets.add(socket);
    socket.on('close', () => this.sockets.delete(socket));
    socket.send(JSON.stringify({ type: 'ready', last_seq: this.lastSeq } satisfies ServerFrame));
    for (const message of this.after(afterSeq)) socket.send(JSON.stringify({ type: 'message', message }));
  }

  tell(frame: ServerFrame): void {
    for (const socket of this.sockets) socket.send(JSON.stringify(frame));
  }

  become(state: ConversationState, assignee: { name: string } | null): void {
    this.state = state;
    this.assignee = assignee;
    this.tell({ type: 'state', state, assignee });
  }

  drop(): void {
    for (const socket of this.sockets) socket.close(1012);
  }

  read(): void {
    this.peerReadSeq = this.lastSeq;
    this.tell({ type: 'read', seq: this.lastSeq });
  }

  session() {
    const { id, state, lastSeq, readSeq, peerReadSeq, assignee } = this;
    return {
      conversation: lastSeq
        ? { id, state, last_seq: lastSeq, read_seq: readSeq, peer_read_seq: peerReadSeq, assignee }
        : null,
      messages: this.messages.slice(-50),
      has_more: this.messages.length > 50,
      unread: this.unread,
    };
  }
}

const later = (ms: number, act: () => void) => setTimeout(act, ms);

export class Conversations {
  readonly shop = {
    code: 'liuli',
    name: '琉璃美妆',
    greeting: '您好，这里是琉璃美妆。查订单、问物流、开发票、选护肤品，直接告诉我就好；想找真人，随时点「转人工」。',
    demo: true,
  };
  private readonly visitors = new Map<string, Visitor>();
  private readonly uploads = new Map<string, Uploaded>();

  visitor(token: string): Visitor | undefined {
    return this.visitors.get(token);
  }

  uploaded(file: Uploaded): Uploaded {
    this.uploads.set(file.file_id, file);
    return file;
  }

  open({ token, identity }: Opened) {
    const visitor = this.visitors.get(token ?? '') ?? new Visitor(identity?.user_id ?? null);
    this.visitors.set(visitor.token, visitor);
    const known = CUSTOMERS.find(({ user_id }) => user_id === visitor.userId);
    return {
      token: visitor.token,
      customer: { name: known?.name ?? null, identified: known !== undefined },
      shop: this.shop,
      ...visitor.session(),
      limits: { text_chars: 4000, upload_bytes: 10 * 1024 * 1024 },
    };
  }

  receive(visitor: Visitor, posted: Posted): [number, Message] {
    const again = visitor.messages.find((message) => message.client_id === posted.client_id);
    if (again) return [200, again];
    const stored = visitor.add(CUSTOMER, this.filled(posted), posted.client_id);
    later(400, () => visitor.read());
    this.answer(visitor, posted.content.text ?? '', posted.kind);
    return [201, stored];
  }

  private filled(posted: Posted): Shown {
    const file = this.uploads.get(posted.content.file_id ?? '');
    const order = ORDERS.find(({ order_no }) => order_no === posted.content.order_no);
    return { kind: posted.kind, content: file ?? order ?? posted.content } as Shown;
  }

  private answer(visitor: Visitor, text: string, kind: Posted['kind']): void {
    if (text === '转人工') return this.handOver(visitor);
    if (text === '断线') return visitor.drop();
    if (text === '历史') return fillHistory(visitor);
    if (text === '结束') {
      visitor.add(SYSTEM, { kind: 'system', content: { code: 'resolved', text: '小雅结束了本次咨询' } });
      return visitor.become('resolved', null);
    }
    const author = visitor.assignee ? STAFF : ASSISTANT;
    later(300, () => visitor.tell({ type: 'typing', author }));
    later(1200, () => reply(visitor, author, text, kind));
  }

  private handOver(visitor: Visitor): void {
    visitor.add(SYSTEM, { kind: 'system', content: { code: 'handoff_waiting', text: '正在为您转接人工客服' } });
    visitor.become('open', null);
    later(3000, () => {
      visitor.add(SYSTEM, { kind: 'system', content: { code: 'handoff_assigned', text: '客服小雅已接入' } });
      visitor.become('open', { name: '小雅' });
      visitor.say(STAFF, '您好，我是小雅。前面的对话我都看到了，正在为您核实。');
    });
  }
}

function reply(visitor: Visitor, author: Author, text: string, kind: Posted['kind']): void {
  if (/订单|order/i.test(text) && ORDERS[0]) {
    visitor.say(author, '为您查到最近一笔订单：');
    visitor.add(author, { kind: 'order_card', content: ORDERS[0] });
    const options = [
      { label: '催一催快递', text: '帮我催一下快递' },
      { label: '改收货地址', text: '我想改收货地址' },
      { label: '没有问题了', text: '没有问题了' },
    ];
    visitor.add(author, { kind: 'quick_replies', content: { text: '需要我帮您做什么？', options } });
  } else if (/退款|refund/i.test(text)) {
    visitor.say(
      author,
      '退款审核通过后 1–3 个工作日原路退回。\n进度可以在这里看：https://example.com/refund/R20261119，有疑问随时告诉我。',
    );
  } else if (kind !== 'text') visitor.say(author, '收到，我来看一下。');
  else visitor.say(author, `收到您的消息：「${text.slice(0, 40)}」`);
}

function fillHistory(visitor: Visitor): void {
  const start = Date.now() - 4 * 86_400_000;
  const old = visitor.messages.splice(0);
  for (let i = 0; i < 130; i++) {
    const at = new Date(start + i * 45 * 60_000);
    const text = `第 ${i + 1} 条历史消息${i % 4 === 0 ? '：这款精华和 A 醇可以同一天用吗？我是混合偏敏感皮。' : ''}`;
    visitor.add(i % 3 ? ASSISTANT : CUSTOMER, { kind: 'text', content: { text } }, null, at);
  }
  for (const message of old) visitor.add(message.author, message, message.client_id);
}
