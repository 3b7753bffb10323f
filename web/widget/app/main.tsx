import './style/chat.css';
import { render } from 'preact';
import { App } from './app.tsx';
import { Bridge, type FromPage, type Offer, type Settings } from './bridge.ts';
import { Chat } from './chat.ts';
import { readableOn } from './color.ts';
import type { Locale } from './contract.ts';
import { explain, wordsOf } from './words.ts';

const root = document.body;
const bridge = new Bridge();
const API = new URL('/api/v1/chat', location.href).href;

let settings: Settings | null = null;
let chat: Chat | null = null;
let open = !bridge.framed;
let offer: Offer | null = null;

function draw(): void {
  if (!settings || !chat) return;
  const { locale, suggestions } = settings;
  document.documentElement.lang = locale === 'zh' ? 'zh-CN' : 'en';
  document.title = wordsOf(locale).chat;
  render(
    <App
      key={chat}
      chat={chat}
      locale={locale}
      suggestions={suggestions}
      open={open}
      offer={offer}
      onOfferDone={() => setOffer(null)}
      onClose={bridge.framed ? close : null}
      onUnread={(count) => bridge.tell('unread', count)}
    />,
    root,
  );
}

/** Closed from here on, not only when the page has said so: what comes between the two has not been seen. */
function close(): void {
  open = false;
  draw();
  bridge.tell('close');
}

function setOffer(next: Offer | null): void {
  offer = next;
  draw();
}

function begin(next: Settings): void {
  chat?.stop();
  settings = next;
  const words = wordsOf(next.locale);
  chat = new Chat({ ...next, base: API, explain: (problem) => explain(words, problem) });
  chat.color().then(paint, () => undefined);
  void chat.start();
  draw();
}

/** The shop's own colour, with lettering on it that can be read. */
function paint(color: string): void {
  if (!/^#[0-9a-f]{6}$/i.test(color)) return;
  const style = document.documentElement.style;
  style.setProperty('--brand', color);
  style.setProperty('--on-brand', readableOn(color));
}

function hear(words: FromPage): void {
  switch (words[0]) {
    case 'init':
      return begin(words[1]);
    case 'open':
      open = words[1];
      return draw();
    case 'product':
      return setOffer({ kind: 'product', product: words[1] });
    case 'order':
      return setOffer({ kind: 'order', orderNo: words[1].order_no });
  }
}

for (const event of ['online', 'pageshow'] as const) addEventListener(event, () => chat?.hurry());
addEventListener('offline', () => chat?.cut());
addEventListener('storage', () => chat?.readElsewhere());
document.addEventListener('visibilitychange', () => document.visibilityState === 'visible' && chat?.hurry());

if (bridge.framed) bridge.listen(hear);
else {
  const asked = new URLSearchParams(location.search);
  const locale: Locale = (asked.get('locale') ?? navigator.language).startsWith('en') ? 'en' : 'zh';
  begin({ shop: asked.get('shop') ?? 'liuli', locale, identity: null, suggestions: [] });
}
