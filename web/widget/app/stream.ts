import { backoff, Pause } from './backoff.ts';
import type { ClientFrame, ServerFrame } from './contract.ts';

/** A server that has pinged before and then says nothing for so long is gone, whatever the socket believes. */
const SILENCE_MS = 75_000;
const TOKEN_REFUSED = 4401;

export interface StreamOptions {
  url: string;
  hello: () => { token: string; after_seq: number };
  onFrame: (frame: ServerFrame) => void;
  onConnection: (online: boolean) => void;
  /** The line was there, was lost, and is there again. */
  onReturn: () => void;
  /** Asked before every new try; also the moment to catch up by HTTP where sockets cannot pass at all. */
  beforeRetry: () => Promise<void>;
  onTokenRefused: (token: string) => Promise<void>;
}

/** One socket that stays: it says hello, answers pings, and comes back with a growing pause whenever it is lost. */
export class Stream {
  private readonly options: StreamOptions;
  private readonly pause = new Pause();
  private socket: WebSocket | null = null;
  private token = '';
  private attempt = 0;
  private returning = false;
  private stopped = false;
  private silence: ReturnType<typeof setTimeout> | undefined;

  constructor(options: StreamOptions) {
    this.options = options;
  }

  async run(): Promise<void> {
    while (!this.stopped) {
      const code = await this.connection();
      if (this.stopped) return;
      this.options.onConnection(false);
      if (code === TOKEN_REFUSED) await this.options.onTokenRefused(this.token);
      await this.pause.wait(backoff(this.attempt++));
      if (!this.stopped) await this.options.beforeRetry();
    }
  }

  stop(): void {
    this.stopped = true;
    this.pause.end();
    this.socket?.close(1000);
  }

  /** Try now instead of waiting: the network is back, or the customer looks at the chat again. */
  hurry(): void {
    this.attempt = 0;
    this.pause.end();
  }

  /** The network is known to be gone; a socket would notice much later. */
  cut(): void {
    this.socket?.close();
  }

  send(frame: ClientFrame): void {
    if (this.socket?.readyState === WebSocket.OPEN) this.socket.send(JSON.stringify(frame));
  }

  /** Lives as long as one socket and tells how it ended. */
  private connection(): Promise<number> {
    return new Promise((resolve) => {
      const socket = new WebSocket(this.options.url);
      this.socket = socket;
      socket.onopen = () => {
        const hello = this.options.hello();
        this.token = hello.token;
        this.send({ type: 'hello', ...hello });
      };
      socket.onmessage = (event) => this.hear(JSON.parse(String(event.data)) as ServerFrame);
      socket.onclose = (event) => {
        clearTimeout(this.silence);
        resolve(event.code);
      };
    });
  }

  private hear(frame: ServerFrame): void {
    if (this.silence !== undefined || frame.type === 'ping') this.watch();
    if (frame.type === 'ping') return this.send({ type: 'pong' });
    if (frame.type === 'ready') {
      this.attempt = 0;
      this.options.onConnection(true);
      if (this.returning) this.options.onReturn();
      this.returning = true;
    }
    this.options.onFrame(frame);
  }

  private watch(): void {
    clearTimeout(this.silence);
    this.silence = setTimeout(() => this.socket?.close(), SILENCE_MS);
  }
}
