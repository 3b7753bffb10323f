import { createContext } from 'preact';
import { useContext, useEffect, useState } from 'preact/hooks';
import type { Chat } from './chat.ts';
import type { Locale } from './contract.ts';
import type { ChatState, Store } from './state.ts';
import type { Words } from './words.ts';

/** What nearly every part of the screen needs. */
export interface Scene {
  chat: Chat;
  words: Words;
  locale: Locale;
}

export const SceneContext = createContext<Scene | null>(null);

export function useScene(): Scene {
  const scene = useContext(SceneContext);
  if (!scene) throw new Error('outside of the chat');
  return scene;
}

export function useChatState(store: Store): ChatState {
  const [state, setState] = useState(store.state);
  useEffect(() => {
    setState(store.state);
    return store.subscribe(() => setState(store.state));
  }, [store]);
  return state;
}
