/** What can be done by name: each part of the screen says what it offers while it is there. */
import { useEffect, useSyncExternalStore } from 'react';

export interface Command {
  id: string;
  title: string;
  /** As it is written on the keys. */
  keys?: string;
  /** What tells it from others of the same title. */
  about?: string;
  run: () => void;
}

const offers = new Set<Command[]>();
const observers = new Set<() => void>();
let all: Command[] = [];

function changed(): void {
  all = [...offers].flat();
  for (const observer of observers) observer();
}

function observe(observer: () => void): () => void {
  observers.add(observer);
  return () => observers.delete(observer);
}

/** Offer these while mounted. `commands` must be stable. */
export function useCommands(commands: Command[]): void {
  useEffect(() => {
    offers.add(commands);
    changed();
    return () => {
      offers.delete(commands);
      changed();
    };
  }, [commands]);
}

export const useAllCommands = (): Command[] => useSyncExternalStore(observe, () => all);

/** Those whose title has all the words, in the order in which they were offered. */
export function matching(commands: Command[], words: string): Command[] {
  const parts = words.toLowerCase().split(/\s+/).filter(Boolean);
  return commands.filter(({ title }) => parts.every((part) => title.toLowerCase().includes(part)));
}
