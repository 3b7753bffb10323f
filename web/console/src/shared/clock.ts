/** One clock for all that ticks on the screen, stopped while nothing does. */
import { useSyncExternalStore } from 'react';

const observers = new Set<() => void>();
let timer = 0;
let moment = Date.now();

function tick(): void {
  moment = Date.now();
  for (const observer of observers) observer();
}

function observe(observer: () => void): () => void {
  if (observers.size === 0) {
    moment = Date.now();
    timer = window.setInterval(tick, 1000);
  }
  observers.add(observer);
  return () => {
    observers.delete(observer);
    if (observers.size === 0) window.clearInterval(timer);
  };
}

/** The present moment in milliseconds, renewed every second. */
export const useNow = () => useSyncExternalStore(observe, () => moment);

/** The present minute in milliseconds: for what many lines show at once and nobody counts in seconds. */
export const useMinute = () => useSyncExternalStore(observe, () => moment - (moment % 60_000));
