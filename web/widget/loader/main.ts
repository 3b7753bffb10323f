import type { Envelope, FromFrame, FromPage } from '../app/bridge.ts';
import type { Identity, Locale, ProductCard } from '../app/contract.ts';
import { View } from './view.ts';

interface Options {
  shop: string;
  locale?: Locale;
  suggestions?: string[];
  color?: string;
  textColor?: string;
  position?: 'left' | 'right';
  label?: string;
}

/** What a shop's page can call: `yingda('open')` and so on. */
interface Commands {
  init(options: Options): void;
  /** Who is signed in to the shop; the shop's server makes the signature. */
  identify(identity: Identity): void;
  /** Opens the chat and offers to send this product or order. */
  product(product: ProductCard): void;
  order(order: { order_no: string }): void;
  open(): void;
  close(): void;
  /** `unread` with the number, `open`, `close`. */
  on(event: string, listener: Listener): void;
  /** To be called when the customer signs out: forgets who they were and takes the chat off the page. */
  shutdown(): void;
}

type Listener = (value?: number) => void;
type Call = [keyof Commands, ...unknown[]];
type Entry = ((...call: Call) => void) & { q?: ArrayLike<unknown>[] };

const page = window as unknown as { yingda?: Entry };
const place = new URL('widget/', (document.currentScript as HTMLScriptElement).src);

const listeners: Record<string, Listener[]> = {};
let options: Options | null = null;
let identity: Identity | null = null;
let view: View | null = null;
/** Counts unread messages until the chat itself is there. */
let peek: HTMLIFrameElement | null = null;
let chat: HTMLIFrameElement | null = null;
/** Takes the visitor's token out of the chat's origin; the next chat must not begin before that. */
let forgetting: HTMLIFrameElement | null = null;
let ready = false;
let open = false;
let offer: FromPage | null = null;

const english = (): boolean =>
  (options?.locale ?? (document.documentElement.lang || navigator.language)).startsWith('en');
const visitedKey = (): string => `yingda:${options?.shop}:visited`;
const title = (): string => (english() ? 'Chat with customer service' : '在线客服');

/** The page may forbid storage; then a returning visitor's badge waits until the chat is opened. */
function visited(value?: '1' | ''): boolean {
  try {
    if (value) localStorage.setItem(visitedKey(), value);
    else if (value === '') localStorage.removeItem(visitedKey());
    return localStorage.getItem(visitedKey()) === '1';
  } catch {
    return false;
  }
}

function tell(...words: FromPage): void {
  if (ready) chat?.contentWindow?.postMessage({ yingda: words } satisfies Envelope<FromPage>, place.origin);
}

function emit(event: string, value?: number): void {
  for (const listener of listeners[event] ?? []) listener(value);
}

function address(file: string): string {
  const query = new URLSearchParams({ shop: options?.shop ?? '', origin: location.origin });
  return `${new URL(file, place)}?${query}`;
}

function greet(): void {
  if (!options || !ready) return;
  const { shop, suggestions = [] } = options;
  tell('init', { shop, suggestions, locale: english() ? 'en' : 'zh', identity });
  if (offer) tell(...offer);
  offer = null;
  tell('open', open);
}

function show(next: boolean): void {
  if (!view || next === open) return;
  if (forgetting) {
    forgetting.addEventListener('load', () => show(next));
    return;
  }
  if (!chat) {
    peek?.remove();
    peek = null;
    chat = view.frame(address('index.html'), title(), false);
    visited('1');
  }
  open = next;
  view.show(chat, open);
  tell('open', open);
  emit(open ? 'open' : 'close');
}

function suggest(words: FromPage): void {
  if (ready) tell(...words);
  else offer = words;
  show(true);
}

function remove(): void {
  view?.host.remove();
  document.documentElement.style.overflow = '';
  view = peek = chat = options = identity = offer = null;
  ready = open = false;
}

function forget(src: string): void {
  const frame = document.createElement('iframe');
  forgetting = frame;
  frame.src = `${src}&forget`;
  frame.hidden = true;
  frame.onload = () => {
    forgetting = null;
    frame.remove();
  };
  document.body.append(frame);
}

const commands: Commands = {
  init(given) {
    if (view) remove();
    options = given;
    const { label, color = '#b0476b', textColor = '#fff', position } = given;
    const look = {
      label: label ?? (english() ? 'Chat' : '在线咨询'),
      color,
      ink: textColor,
      left: position === 'left',
    };
    view = new View(look, () => show(!open));
    if (visited()) peek = view.frame(address('peek.html'), title(), true);
  },
  identify(given) {
    if (identity?.user_id === given.user_id && identity.signature === given.signature) return;
    identity = given;
    greet();
  },
  product: (product) => suggest(['product', product]),
  order: (order) => suggest(['order', order]),
  open: () => show(true),
  close: () => show(false),
  on(event, listener) {
    listeners[event] = [...(listeners[event] ?? []), listener];
  },
  shutdown() {
    if (!view) return;
    visited('');
    forget(address('peek.html'));
    remove();
  },
};

function hear({ data, origin, source }: MessageEvent<Partial<Envelope<FromFrame>> | null>): void {
  const words = data?.yingda;
  const ours = source && (source === chat?.contentWindow || source === peek?.contentWindow);
  if (!words || !ours || origin !== place.origin) return;
  if (words[0] === 'ready') {
    ready = true;
    greet();
  } else if (words[0] === 'unread') {
    view?.count(words[1]);
    emit('unread', words[1]);
  } else show(false);
}

function call([command, ...values]: Call): void {
  (commands[command] as ((...values: unknown[]) => void) | undefined)?.(...values);
}

/** Until the page has a body, the snippet's own stand-in goes on collecting what is asked for. */
function begin(): void {
  const queued = page.yingda?.q ?? [];
  page.yingda = (...words) => call(words);
  addEventListener('message', hear);
  for (const words of queued) call(Array.from(words) as Call);
}

if (document.body) begin();
else addEventListener('DOMContentLoaded', begin);
