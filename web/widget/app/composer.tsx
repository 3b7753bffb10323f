import type { RefObject } from 'preact';
import { useEffect, useRef, useState } from 'preact/hooks';
import type { Offer } from './bridge.ts';
import { ProductView } from './cards.tsx';
import type { Reminders } from './contract.ts';
import { ACCEPTED } from './files.ts';
import { BellIcon, CloseIcon, HumanIcon, ImageIcon, OrderIcon, PlusIcon, SendIcon } from './icons.tsx';
import type { ChatState } from './state.ts';
import { useScene } from './view.ts';

const HUMAN = '转人工';
const COUNT_FROM = 200;

interface Props {
  state: ChatState;
  input: RefObject<HTMLTextAreaElement | null>;
  suggestions: string[];
  offer: Offer | null;
  onOfferDone: () => void;
  onSay: (text: string) => void;
  onChooseOrder: () => void;
}

/** Enter sends; not with Shift, and not while an input method still composes (Safari tells that by key code 229 only). */
export const sends = (event: Pick<KeyboardEvent, 'key' | 'shiftKey' | 'isComposing' | 'keyCode'>): boolean =>
  event.key === 'Enter' && !event.shiftKey && !event.isComposing && event.keyCode !== 229;

export function Composer({ state, input, suggestions, offer, onOfferDone, onSay, onChooseOrder }: Props) {
  const { chat, words } = useScene();
  const [text, setText] = useState('');
  const limit = state.session?.limits.text_chars ?? 4000;
  const left = limit - [...text].length;
  const ready = text.trim() !== '' && left >= 0;

  useAutoGrow(input, text);

  const send = () => {
    if (!ready) return;
    onSay(text.trim());
    setText('');
    input.current?.focus();
  };
  const onPaste = (event: ClipboardEvent) => {
    const files = [...(event.clipboardData?.files ?? [])];
    if (files.length === 0) return;
    event.preventDefault();
    for (const file of files) chat.sayFile(file);
  };

  return (
    <footer class="foot">
      {offer && <OfferCard offer={offer} onDone={onOfferDone} />}
      <div class="chips">
        <HumanButton state={state} onSay={onSay} />
        {suggestions.map((suggestion) => (
          <button key={suggestion} type="button" onClick={() => onSay(suggestion)}>
            {suggestion}
          </button>
        ))}
      </div>
      <div class="compose">
        <MoreMenu onChooseOrder={onChooseOrder} />
        <textarea
          ref={input}
          rows={1}
          value={text}
          placeholder={words.placeholder}
          aria-label={words.composer}
          enterkeyhint="send"
          onInput={(event) => {
            setText(event.currentTarget.value);
            if (event.currentTarget.value) chat.typing();
          }}
          onKeyDown={(event) => {
            if (!sends(event)) return;
            event.preventDefault();
            send();
          }}
          onPaste={onPaste}
        />
        <button type="button" class="send" aria-label={words.send} title={words.send} disabled={!ready} onClick={send}>
          <SendIcon />
        </button>
      </div>
      {left < COUNT_FROM && <p class={`count${left < 0 ? ' over' : ''}`}>{words.charsLeft(left)}</p>}
    </footer>
  );
}

/** Always in sight: nobody should have to ask how to reach a person. */
function HumanButton({ state, onSay }: { state: ChatState; onSay: (text: string) => void }) {
  const { words } = useScene();
  const { state: phase, assignee } = state.conversation;
  const label = phase !== 'open' ? words.human : assignee ? words.humanHere : words.humanWaiting;
  return (
    <button type="button" class="human" disabled={phase === 'open'} onClick={() => onSay(HUMAN)}>
      <HumanIcon />
      {label}
    </button>
  );
}

function OfferCard({ offer, onDone }: { offer: Offer; onDone: () => void }) {
  const { chat, words } = useScene();
  const isProduct = offer.kind === 'product';
  const send = () => {
    if (offer.kind === 'product') chat.say({ kind: 'product_card', content: offer.product });
    else chat.say({ kind: 'order_card', content: { order_no: offer.orderNo } });
    onDone();
  };
  return (
    <section class="offer" aria-label={isProduct ? words.offerProduct : words.offerOrder}>
      {offer.kind === 'product' ? (
        <ProductView product={{ ...offer.product, url: null }} />
      ) : (
        <span class="product">
          <OrderIcon />
          <span class="product-words">
            <span class="product-title">{words.offerOrder}</span>
            <span>{words.order(offer.orderNo)}</span>
          </span>
        </span>
      )}
      <button type="button" class="solid" onClick={send}>
        {isProduct ? words.sendProduct : words.sendOrder}
      </button>
      <button type="button" class="round small" aria-label={words.dismiss} onClick={onDone}>
        <CloseIcon />
      </button>
    </section>
  );
}

/** Whether one is told of trouble with a parcel unasked; nothing for who is not known, or while that is not known. */
function RemindersItem() {
  const { chat, words } = useScene();
  const [wanted, setWanted] = useState<boolean | null>(null);
  const show = (told: Reminders) => setWanted(told.available ? told.wanted : null);
  useEffect(() => {
    chat.reminders().then(show, () => setWanted(null));
  }, []);
  if (wanted === null) return null;
  return (
    <button
      type="button"
      role="menuitemcheckbox"
      aria-checked={wanted}
      onClick={() => chat.setReminders(!wanted).then(show, () => setWanted(wanted))}
    >
      <BellIcon />
      {words.reminders}
      <span aria-hidden="true">{wanted ? '✓' : '–'}</span>
    </button>
  );
}

function MoreMenu({ onChooseOrder }: { onChooseOrder: () => void }) {
  const { chat, words } = useScene();
  const [open, setOpen] = useState(false);
  const box = useRef<HTMLDivElement>(null);
  const file = useRef<HTMLInputElement>(null);

  useEffect(() => {
    if (!open) return;
    box.current?.querySelector<HTMLElement>('[role^=menuitem]')?.focus();
    const away = (event: Event) => {
      if (!box.current?.contains(event.target as Node)) setOpen(false);
    };
    addEventListener('pointerdown', away);
    addEventListener('focusin', away);
    return () => {
      removeEventListener('pointerdown', away);
      removeEventListener('focusin', away);
    };
  }, [open]);

  const onKey = (event: KeyboardEvent) => {
    if (!open) return;
    const items = [...(box.current?.querySelectorAll<HTMLElement>('[role^=menuitem]') ?? [])];
    const step = { ArrowDown: 1, ArrowUp: items.length - 1 }[event.key];
    if (event.key === 'Escape') {
      setOpen(false);
      box.current?.querySelector('button')?.focus();
    } else if (step) items[(items.indexOf(document.activeElement as HTMLElement) + step) % items.length]?.focus();
    else return;
    event.preventDefault();
  };
  const choose = (act: () => void) => () => {
    setOpen(false);
    act();
  };

  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: it only listens for keys pressed on the buttons inside.
    <div class="more" ref={box} onKeyDown={onKey}>
      <button
        type="button"
        class="round"
        aria-label={words.more}
        title={words.more}
        aria-haspopup="menu"
        aria-expanded={open}
        onClick={() => setOpen(!open)}
      >
        <PlusIcon />
      </button>
      {open && (
        <div class="menu" role="menu">
          <button type="button" role="menuitem" onClick={choose(() => file.current?.click())}>
            <ImageIcon />
            {words.sendFile}
          </button>
          <button type="button" role="menuitem" onClick={choose(onChooseOrder)}>
            <OrderIcon />
            {words.sendOrder}
          </button>
          <RemindersItem />
        </div>
      )}
      <input
        ref={file}
        type="file"
        hidden
        multiple
        accept={ACCEPTED}
        onChange={(event) => {
          for (const chosen of event.currentTarget.files ?? []) chat.sayFile(chosen);
          event.currentTarget.value = '';
        }}
      />
    </div>
  );
}

/** As tall as its text, up to the limit that the style sets. */
function useAutoGrow(input: RefObject<HTMLTextAreaElement | null>, text: string): void {
  useEffect(() => {
    const area = input.current;
    if (!area) return;
    area.style.height = 'auto';
    area.style.height = `${area.scrollHeight}px`;
  }, [text]);
}
