import { useCallback, useEffect, useRef, useState } from 'preact/hooks';
import type { Offer } from './bridge.ts';
import { CallbackForm } from './callback.tsx';
import type { Chat } from './chat.ts';
import { Composer } from './composer.tsx';
import type { ImageContent, Locale } from './contract.ts';
import { useFileDrop } from './files.ts';
import { Banner, Header } from './header.tsx';
import { Lightbox } from './lightbox.tsx';
import { OrderPicker } from './orders.tsx';
import { Thread } from './thread.tsx';
import { SceneContext, useChatState } from './view.ts';
import { wordsOf } from './words.ts';

interface Props {
  chat: Chat;
  locale: Locale;
  suggestions: string[];
  open: boolean;
  offer: Offer | null;
  onOfferDone: () => void;
  onClose: (() => void) | null;
  onUnread: (count: number) => void;
}

export function App({ chat, locale, suggestions, open, offer, onOfferDone, onClose, onUnread }: Props) {
  const state = useChatState(chat.store);
  const words = wordsOf(locale);
  const [choosing, setChoosing] = useState(false);
  const [calling, setCalling] = useState(false);
  const [enlarged, setEnlarged] = useState<ImageContent | null>(null);
  const input = useRef<HTMLTextAreaElement>(null);
  const dropping = useFileDrop(useCallback((file: File) => chat.sayFile(file), [chat]));

  useEffect(() => onUnread(state.unread), [state.unread]);
  useEffect(() => {
    if (open && !choosing && !calling && !enlarged) focusWithoutKeyboard(input.current);
  }, [open, state.phase, choosing, calling, enlarged]);
  useEscape(onClose, choosing || calling || enlarged !== null);

  const say = useCallback((text: string) => chat.say({ kind: 'text', content: { text } }), [chat]);

  return (
    <SceneContext.Provider value={{ chat, words, locale }}>
      <div class="chat">
        <Header state={state} onClose={onClose} />
        <Banner state={state} onCall={() => setCalling(true)} />
        <Thread state={state} open={open} onEnlarge={setEnlarged} onSay={say} />
        <Composer
          state={state}
          input={input}
          suggestions={suggestions}
          offer={offer}
          onOfferDone={onOfferDone}
          onSay={say}
          onChooseOrder={() => setChoosing(true)}
        />
        {dropping && <div class="drop">{words.dropHere}</div>}
        {choosing && <OrderPicker onClose={() => setChoosing(false)} />}
        {calling && <CallbackForm onClose={() => setCalling(false)} />}
        {enlarged && <Lightbox image={enlarged} onClose={() => setEnlarged(null)} />}
      </div>
    </SceneContext.Provider>
  );
}

/** Ready to type, except where that would push a keyboard onto a touch screen unasked. */
function focusWithoutKeyboard(input: HTMLElement | null): void {
  if (matchMedia('(hover: hover)').matches) input?.focus();
}

/** Escape puts the chat away, unless something lies over it that takes the key first. */
function useEscape(onClose: (() => void) | null, covered: boolean): void {
  useEffect(() => {
    const onKey = (event: KeyboardEvent) => {
      if (event.key === 'Escape' && !event.isComposing && !event.defaultPrevented && !covered) onClose?.();
    };
    addEventListener('keydown', onKey);
    return () => removeEventListener('keydown', onKey);
  }, [onClose, covered]);
}
