/** What somebody chose for this browser; kept in its storage, the same in all its tabs. */
import { useSyncExternalStore } from 'react';

export interface Preferences {
  locale: 'zh' | 'en';
  theme: 'system' | 'light' | 'dark';
  enterSends: boolean;
  profileOpen: boolean;
  /** Parts of the customer panel that are folded. */
  foldedParts: string[];
  /** Whether what concerns one is heard, and shown by the system while the window is not looked at. */
  sound: boolean;
  desktop: boolean;
  /** Replies that are suggested are one line that can be unfolded. */
  suggestionsHidden: boolean;
}

const KEY = 'yingda.console.preferences';
const DEFAULTS: Preferences = {
  locale: 'zh',
  theme: 'system',
  enterSends: true,
  profileOpen: true,
  foldedParts: [],
  sound: true,
  desktop: false,
  suggestionsHidden: false,
};

const observers = new Set<() => void>();
let current = load();

function load(): Preferences {
  try {
    return { ...DEFAULTS, ...JSON.parse(localStorage.getItem(KEY) ?? '{}') };
  } catch {
    return DEFAULTS;
  }
}

window.addEventListener('storage', (event) => {
  if (event.key !== KEY) return;
  current = load();
  for (const observer of observers) observer();
});

export const preferences = () => current;

export function prefer(changes: Partial<Preferences>): void {
  current = { ...current, ...changes };
  localStorage.setItem(KEY, JSON.stringify(current));
  for (const observer of observers) observer();
}

function observe(observer: () => void): () => void {
  observers.add(observer);
  return () => observers.delete(observer);
}

export const usePreferences = () => useSyncExternalStore(observe, preferences);
