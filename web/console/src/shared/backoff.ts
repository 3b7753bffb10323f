/** How long to wait before the next attempt: doubling up to half a minute, spread so that not all return at once. */
export function backoff(attempt: number, random: () => number = Math.random): number {
  const ceiling = Math.min(30_000, 500 * 2 ** attempt);
  return ceiling / 2 + (ceiling / 2) * random();
}
