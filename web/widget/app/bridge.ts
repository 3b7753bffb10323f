import type { Identity, Locale, ProductCard } from './contract.ts';

/** What a shop's page may ask of the chat; the loader passes it into the frame. */
export interface Settings {
  shop: string;
  locale: Locale;
  identity: Identity | null;
  /** Questions offered above the input, one tap each. */
  suggestions: string[];
}

export type Offer = { kind: 'product'; product: ProductCard } | { kind: 'order'; orderNo: string };

export type FromPage =
  | ['init', Settings]
  | ['product', ProductCard]
  | ['order', { order_no: string }]
  | ['open', boolean];

export type FromFrame = ['ready'] | ['unread', number] | ['close'];

export interface Envelope<T> {
  yingda: T;
}

/** The frame's end of the line to the shop's page. Words are taken from the page that framed us and from nobody else. */
export class Bridge {
  private readonly origin = new URLSearchParams(location.search).get('origin') ?? '';
  readonly framed = window.parent !== window && this.origin !== '';

  listen(hear: (words: FromPage) => void): void {
    addEventListener('message', (event: MessageEvent<Partial<Envelope<FromPage>> | null>) => {
      const words = event.data?.yingda;
      if (event.source === window.parent && event.origin === this.origin && Array.isArray(words)) hear(words);
    });
    this.tell('ready');
  }

  tell(...words: FromFrame): void {
    if (this.framed) window.parent.postMessage({ yingda: words } satisfies Envelope<FromFrame>, this.origin);
  }
}
