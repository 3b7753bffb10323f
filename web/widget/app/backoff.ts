const FIRST_MS = 800;
const LONGEST_MS = 20_000;

/**
 * How long to wait before try number `attempt` (from 0): doubling, and half of it left to chance, so that the clients of a
 * server that has just restarted do not all come back in the same instant.
 */
export function backoff(attempt: number, random: () => number = Math.random): number {
  const ceiling = Math.min(LONGEST_MS, FIRST_MS * 2 ** Math.min(attempt, 10));
  return Math.round(ceiling * (0.5 + random() / 2));
}

/** A pause that can be cut short, for example when the browser says that the network is back. */
export class Pause {
  private finish: (() => void) | null = null;

  wait(ms: number): Promise<void> {
    return new Promise((resolve) => {
      const timer = setTimeout(() => this.end(), ms);
      this.finish = () => {
        clearTimeout(timer);
        resolve();
      };
    });
  }

  end(): void {
    this.finish?.();
    this.finish = null;
  }
}
