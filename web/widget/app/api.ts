import type {
  FileContent,
  Identity,
  ImageContent,
  Locale,
  Message,
  OrderCard,
  Page,
  Reminders,
  Said,
  Session,
  Uploaded,
  Verdict,
  Waiting,
} from './contract.ts';

const TIMEOUT_MS = 20_000;

/** Why a request brought nothing. `status` 0: no answer came, so nothing is known about what the server did. */
export class Problem extends Error {
  readonly status: number;
  readonly code: string;
  readonly retryAfterMs: number;

  constructor(status: number, code: string, detail: string, retryAfterMs = 0) {
    super(detail);
    this.status = status;
    this.code = code;
    this.retryAfterMs = retryAfterMs;
  }

  /** Worth trying again as it is. */
  get passing(): boolean {
    return this.status === 0 || this.status === 429 || this.status >= 500;
  }

  get tokenRefused(): boolean {
    return this.code === 'visitor_token_invalid';
  }
}

function problemOf(status: number, body: string, retryAfter: string | null): Problem {
  const wait = Number(retryAfter) * 1000 || 0;
  try {
    const { code, title, detail } = JSON.parse(body) as Record<string, string | undefined>;
    return new Problem(status, code ?? '', detail ?? title ?? '', wait);
  } catch {
    return new Problem(status, '', '', wait);
  }
}

/** What is sent of a message: of cards and files only what the server cannot look up itself. */
export function wireContent(said: Said): object {
  switch (said.kind) {
    case 'image':
    case 'file':
      return { file_id: said.content.file_id };
    case 'order_card':
      return { order_no: said.content.order_no };
    default:
      return said.content;
  }
}

export const asSaid = (file: Uploaded): Said =>
  file.media_type.startsWith('image/')
    ? { kind: 'image', content: file satisfies ImageContent }
    : { kind: 'file', content: file satisfies FileContent };

export class Api {
  token: string | null = null;
  private readonly base: string;
  private readonly locale: Locale;

  constructor(base: string, locale: Locale) {
    this.base = base;
    this.locale = locale;
  }

  openSession(shop: string, identity: Identity | null): Promise<Session> {
    const { user_id, signature, name } = identity ?? {};
    const claimed = identity && { user_id, signature, name };
    return this.request('POST', 'sessions', { shop, token: this.token, identity: claimed, locale: this.locale });
  }

  send(clientId: string, said: Said): Promise<Message> {
    return this.request('POST', 'messages', { client_id: clientId, kind: said.kind, content: wireContent(said) });
  }

  after(seq: number): Promise<Page> {
    return this.request('GET', `messages?after_seq=${seq}&limit=50`);
  }

  before(seq: number): Promise<Page> {
    return this.request('GET', `messages?before_seq=${seq}&limit=50`);
  }

  async read(seq: number): Promise<void> {
    await this.request('POST', 'read', { seq });
  }

  async rate({ conversation_id, seq }: Message, verdict: Verdict): Promise<void> {
    await this.request('PUT', 'ratings', { conversation_id, seq, verdict });
  }

  async orders(): Promise<OrderCard[]> {
    return (await this.request<{ orders: OrderCard[] }>('GET', 'orders')).orders;
  }

  reminders(): Promise<Reminders> {
    return this.request('GET', 'reminders');
  }

  setReminders(wanted: boolean): Promise<Reminders> {
    return this.request(wanted ? 'PUT' : 'DELETE', 'reminders');
  }

  queue(): Promise<Waiting> {
    return this.request('GET', 'queue');
  }

  askCallback(phone: string, at: string | null): Promise<Waiting> {
    return this.request('POST', 'callback', { phone, at });
  }

  async color(shop: string): Promise<string> {
    return (await this.request<{ color: string }>('GET', `widget-config?shop=${encodeURIComponent(shop)}`)).color;
  }

  /** By XMLHttpRequest, because fetch tells nothing about the progress of what it sends. */
  upload(file: File, onProgress: (share: number) => void): Promise<Uploaded> {
    return new Promise((resolve, reject) => {
      const request = new XMLHttpRequest();
      request.open('POST', `${this.base}/uploads`);
      for (const [name, value] of Object.entries(this.headers())) request.setRequestHeader(name, value);
      request.upload.onprogress = (event) => onProgress(event.total ? event.loaded / event.total : 0);
      request.onerror = () => reject(new Problem(0, 'network', ''));
      request.onload = () => {
        if (request.status === 201) resolve(JSON.parse(request.responseText) as Uploaded);
        else reject(problemOf(request.status, request.responseText, request.getResponseHeader('Retry-After')));
      };
      const form = new FormData();
      form.append('file', file);
      request.send(form);
    });
  }

  private headers(): Record<string, string> {
    const language = this.locale === 'zh' ? 'zh-CN' : 'en';
    return { 'Accept-Language': language, ...(this.token ? { Authorization: `Bearer ${this.token}` } : {}) };
  }

  private async request<T>(method: string, path: string, body?: object): Promise<T> {
    let response: Response;
    let text: string;
    try {
      response = await fetch(`${this.base}/${path}`, {
        method,
        headers: { ...this.headers(), ...(body ? { 'Content-Type': 'application/json' } : {}) },
        body: body ? JSON.stringify(body) : null,
        signal: AbortSignal.timeout(TIMEOUT_MS),
      });
      text = await response.text();
    } catch {
      throw new Problem(0, 'network', '');
    }
    if (!response.ok) throw problemOf(response.status, text, response.headers.get('Retry-After'));
    return (text ? JSON.parse(text) : undefined) as T;
  }
}
