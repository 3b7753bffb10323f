import { type Api, asSaid, Problem } from './api.ts';
import { backoff, Pause } from './backoff.ts';
import type { Message, Said } from './contract.ts';
import type { Outgoing, Store } from './state.ts';

export interface OutboxOptions {
  api: Api;
  store: Store;
  acknowledged: (message: Message) => void;
  onTokenRefused: (token: string | null) => Promise<void>;
  /** Words for a refusal that came without its own. */
  explain: (problem: Problem) => string;
  save: (outbox: readonly Outgoing[]) => void;
}

/**
 * Brings the customer's messages to the server in the order in which they were written, one at a time. Each is repeated with
 * the same `client_id` until an answer comes, so neither a lost request nor a lost answer loses or doubles a message.
 */
export class Outbox {
  private readonly options: OutboxOptions;
  private readonly files = new Map<string, File>();
  private readonly pause = new Pause();
  private busy = false;
  private stopped = false;
  private open!: () => void;
  private readonly opened = new Promise<void>((open) => {
    this.open = open;
  });

  constructor(options: OutboxOptions) {
    this.options = options;
  }

  /** The session is open: before that there is nobody to say anything as. */
  begin(): void {
    this.open();
    void this.pump();
  }

  say(said: Said): void {
    this.add({ ...said, clientId: crypto.randomUUID(), at: new Date().toISOString(), status: 'sending' });
    void this.pump();
  }

  sayFile(file: File): void {
    const clientId = crypto.randomUUID();
    this.files.set(clientId, file);
    const uploading = {
      file_id: '',
      url: URL.createObjectURL(file),
      name: file.name,
      size: file.size,
      media_type: file.type,
      width: null,
      height: null,
    };
    this.add({ ...asSaid(uploading), clientId, at: new Date().toISOString(), status: 'sending', progress: 0 });
    void this.upload(clientId);
  }

  retry(clientId: string): void {
    this.change(clientId, { status: 'sending', detail: '' });
    void (this.files.has(clientId) ? this.upload(clientId) : this.pump());
  }

  discard(clientId: string): void {
    this.files.delete(clientId);
    this.options.store.dispatch({ type: 'discarded', clientId });
    this.save();
  }

  hurry(): void {
    this.pause.end();
    void this.pump();
  }

  stop(): void {
    this.stopped = true;
    this.pause.end();
  }

  /** Sends what is ready until nothing is left; runs once at a time. */
  private async pump(): Promise<void> {
    if (this.busy) return;
    this.busy = true;
    await this.opened;
    for (let attempt = 0, next = this.next(); next && !this.stopped; next = this.next()) {
      attempt = (await this.trySend(next, attempt)) ? 0 : attempt + 1;
    }
    this.busy = false;
  }

  private next(): Outgoing | undefined {
    return this.options.store.state.outbox.find(
      (outgoing) => outgoing.status !== 'failed' && !this.files.has(outgoing.clientId),
    );
  }

  /** True when this message is settled, one way or the other. */
  private async trySend(outgoing: Outgoing, attempt: number): Promise<boolean> {
    const { api, acknowledged, store, onTokenRefused } = this.options;
    const { token } = api;
    try {
      const message = await api.send(outgoing.clientId, outgoing);
      if (this.stopped) return true;
      acknowledged({ ...message, client_id: outgoing.clientId });
      if (store.state.notice) store.dispatch({ type: 'notice', text: null });
      this.save();
      return true;
    } catch (error) {
      const problem = error as Problem;
      if (this.stopped) return true;
      if (problem.tokenRefused && attempt < 3) {
        await onTokenRefused(token);
        return false;
      }
      if (!problem.passing) return this.fail(outgoing.clientId, problem);
      this.change(outgoing.clientId, { status: 'waiting' });
      if (problem.status === 429) store.dispatch({ type: 'notice', text: this.options.explain(problem) });
      await this.pause.wait(Math.max(backoff(attempt), problem.retryAfterMs));
      return false;
    }
  }

  private async upload(clientId: string): Promise<void> {
    const { api, store, explain } = this.options;
    const file = this.files.get(clientId);
    if (!file) return;
    await this.opened;
    try {
      if (file.size > (store.state.session?.limits.upload_bytes ?? Number.POSITIVE_INFINITY)) {
        throw new Problem(413, 'file_too_large', '');
      }
      const uploaded = await api.upload(file, (progress) => this.change(clientId, { progress }));
      if (this.stopped || !this.files.delete(clientId)) return;
      store.dispatch({ type: 'uploaded', clientId, said: asSaid(uploaded) });
      this.save();
      void this.pump();
    } catch (error) {
      this.change(clientId, { status: 'failed', detail: explain(error as Problem) });
    }
  }

  private fail(clientId: string, problem: Problem): true {
    this.change(clientId, { status: 'failed', detail: this.options.explain(problem) });
    this.save();
    return true;
  }

  private add(outgoing: Outgoing): void {
    this.options.store.dispatch({ type: 'queued', outgoing });
    this.save();
  }

  private change(clientId: string, change: Partial<Pick<Outgoing, 'status' | 'detail' | 'progress'>>): void {
    this.options.store.dispatch({ type: 'outgoing', clientId, change });
  }

  /** A file that has not been uploaded cannot be kept: it is gone with the page. */
  private save(): void {
    this.options.save(this.options.store.state.outbox.filter((outgoing) => !this.files.has(outgoing.clientId)));
  }
}
