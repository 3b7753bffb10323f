/** An article as it is written in fields, and as it is kept. */
import type { ArticleContent } from '@/client/types.gen';

export interface Form extends Omit<ArticleContent, 'questions' | 'scope' | 'valid_from' | 'valid_until'> {
  slug: string;
  /** One a line. */
  questions: string;
  shops: string[];
  channels: string[];
  products: string[];
  valid_from: string;
  valid_until: string;
  note: string;
}

export const BLANK: Form = {
  slug: '',
  title: '',
  tier: 'general',
  topic: '',
  questions: '',
  shops: [],
  channels: [],
  products: [],
  valid_from: '',
  valid_until: '',
  review_every_days: 180,
  owner_role: '',
  locale: 'zh',
  body: '',
  note: '',
};

export function formOf(slug: string, { questions, scope, valid_from, valid_until, ...content }: ArticleContent): Form {
  return {
    ...BLANK,
    ...content,
    slug,
    questions: (questions ?? []).join('\n'),
    shops: scope?.shops ?? [],
    channels: scope?.channels ?? [],
    products: scope?.products ?? [],
    valid_from: valid_from ?? '',
    valid_until: valid_until ?? '',
  };
}

export function contentOf(form: Form): ArticleContent {
  const { slug: _slug, note: _note, shops, channels, products, questions, valid_from, valid_until, ...content } = form;
  return {
    ...content,
    questions: questions
      .split('\n')
      .map((line) => line.trim())
      .filter(Boolean),
    scope: { shops, channels, products },
    valid_from: valid_from || null,
    valid_until: valid_until || null,
  };
}

export const isSlug = (text: string) => /^[a-z0-9]+(-[a-z0-9]+)*$/.test(text) && text.length <= 80;

/** Whether it can be kept at all; the server says what else is wrong. */
export const isComplete = ({ slug, title, topic, body }: Form) =>
  isSlug(slug) && [title, topic, body].every((text) => text.trim() !== '');
