/** Keyboard shortcuts: Alt and a key, by its place on the keyboard, since macOS writes other letters with Option. */
import { useEffect } from 'react';

/** By `KeyboardEvent.code`, such as `KeyJ`. */
export type Shortcuts = Record<string, () => void>;

export function useShortcuts(shortcuts: Shortcuts): void {
  useEffect(() => {
    const pressed = (event: KeyboardEvent) => {
      if (!event.altKey || event.ctrlKey || event.metaKey) return;
      const action = shortcuts[event.code];
      if (!action) return;
      event.preventDefault();
      action();
    };
    window.addEventListener('keydown', pressed);
    return () => window.removeEventListener('keydown', pressed);
  }, [shortcuts]);
}

/** What the key beside Alt is called on this keyboard. */
export const CONTROL = /Mac|iP(hone|ad)/.test(navigator.userAgent) ? '⌘' : 'Ctrl';

/** Whether keys go into a text now. */
export function isWriting(): boolean {
  const focused = document.activeElement;
  return focused instanceof HTMLInputElement || focused instanceof HTMLTextAreaElement;
}
