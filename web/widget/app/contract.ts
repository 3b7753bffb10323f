/** What travels between this client and the server; `docs/web-channel.md` explains each part. */

export type Locale = 'zh' | 'en';

export interface Identity {
  user_id: string;
  signature: string;
  name?: string;
}

export interface Author {
  kind: 'customer' | 'assistant' | 'staff' | 'system';
  name: string | null;
}

export interface ImageContent {
  file_id: string;
  url: string;
  name: string;
  width: number | null;
  height: number | null;
  size: number;
}

export interface FileContent {
  file_id: string;
  url: string;
  name: string;
  size: number;
  media_type: string;
}

export interface ProductCard {
  product_id: string;
  title: string;
  price: string;
  image_url?: string | null;
  url?: string | null;
}

export interface OrderCard {
  order_no: string;
  status?: string;
  amount?: string;
  items?: { title: string; quantity: number; image_url?: string | null }[];
  placed_at?: string | null;
  logistics?: { carrier: string; tracking_no: string; status: string; latest?: string | null } | null;
}

/** What stands on a photographed ingredient list; `certain`: read to the letter. */
export interface IngredientCard extends IngredientWords {
  unknown: string[];
  sources: string[];
  /** The same in English; cards of earlier versions have none. */
  en?: IngredientWords | null;
}

interface IngredientWords {
  text: string;
  ingredients: { name: string; purposes: string[]; certain: boolean }[];
  cautions: string[];
  conflicts: string[];
  suits: string[];
  unsuited: string[];
  unclear: string[];
}

/** What a customer can say. */
export type Said =
  | { kind: 'text'; content: { text: string } }
  | { kind: 'image'; content: ImageContent }
  | { kind: 'file'; content: FileContent }
  | { kind: 'product_card'; content: ProductCard }
  | { kind: 'order_card'; content: OrderCard };

/** What a customer can be shown. */
export type Shown =
  | Said
  | { kind: 'ingredient_card'; content: IngredientCard }
  | { kind: 'quick_replies'; content: { text: string; options: { label: string; text: string }[] } }
  | { kind: 'system'; content: { code: string; text: string; details?: Record<string, string | number> } };

export type Message = Shown & {
  id: string;
  conversation_id: string;
  seq: number;
  author: Author;
  client_id: string | null;
  created_at: string;
  recalled: boolean;
  edited: boolean;
  /** It was taken from an article: the customer may say whether it helped. */
  rateable: boolean;
  rating: Verdict | null;
};

export type Verdict = 'useful' | 'useless';

export type ConversationState = 'pending' | 'open' | 'snoozed' | 'resolved';

export interface Shop {
  code: string;
  name: string;
  greeting: string;
  demo: boolean;
}

/** Whether one is told of trouble with a parcel unasked; not `available` for who is not known. */
export interface Reminders {
  available: boolean;
  wanted: boolean;
}

export interface Session {
  token: string;
  customer: { name: string | null; identified: boolean };
  shop: Shop;
  conversation: {
    id: string;
    state: ConversationState;
    last_seq: number;
    read_seq: number;
    peer_read_seq: number;
    assignee: { name: string } | null;
  } | null;
  messages: Message[];
  has_more: boolean;
  unread: number;
  limits: { text_chars: number; upload_bytes: number };
}

export interface Page {
  messages: Message[];
  has_more: boolean;
}

export interface Uploaded {
  file_id: string;
  name: string;
  media_type: string;
  size: number;
  width: number | null;
  height: number | null;
  url: string;
}

/** Where the customer stands while waiting for a person; no place: they do not wait; no seconds: nobody is at work. */
export interface Waiting {
  place: number | null;
  seconds: number | null;
  callback: 'none' | 'offered' | 'asked';
}

export type ServerFrame =
  | { type: 'ready'; last_seq: number }
  | { type: 'message'; message: Message }
  | { type: 'typing'; author: Author }
  | { type: 'read'; seq: number }
  | {
      type: 'state';
      state: ConversationState;
      assignee: { name: string } | null;
    }
  | { type: 'queue'; place: number; seconds: number | null; callback: boolean }
  | { type: 'merged'; conversation_id: string }
  | { type: 'resync' }
  | { type: 'ping' };

export type ClientFrame = { type: 'hello'; token: string; after_seq: number } | { type: 'typing' } | { type: 'pong' };
