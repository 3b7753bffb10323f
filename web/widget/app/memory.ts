import type { Outgoing } from './state.ts';

/** What outlives a page: who the visitor is, how far they have read, and what they said that nobody has acknowledged. */
export interface Remembered {
  token: string | null;
  userId: string | null;
  readSeq: number;
  outbox: readonly Outgoing[];
}

const NOTHING: Remembered = { token: null, userId: null, readSeq: 0, outbox: [] };

/**
 * Tabs share it, so it is read anew each time. Storage may be closed to a frame in a foreign page; then the chat lives as
 * long as the page does.
 */
export class Memory {
  private readonly key: string;
  private value: Remembered = NOTHING;

  constructor(shop: string) {
    this.key = `yingda:${shop}`;
  }

  get(): Remembered {
    try {
      return { ...NOTHING, ...(JSON.parse(localStorage.getItem(this.key) ?? '{}') as Partial<Remembered>) };
    } catch {
      return this.value;
    }
  }

  set(change: Partial<Remembered>): void {
    this.value = { ...this.get(), ...change };
    try {
      localStorage.setItem(this.key, JSON.stringify(this.value));
    } catch {
      // Kept in this page only.
    }
  }

  forget(): void {
    this.value = NOTHING;
    try {
      localStorage.removeItem(this.key);
    } catch {
      // Nothing was kept.
    }
  }
}
