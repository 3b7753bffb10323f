import { describe, expect, it } from 'vitest';
import type { ArticleContent } from '@/client/types.gen';
import { BLANK, contentOf, formOf, isComplete, isSlug } from './form';

const CONTENT: ArticleContent = {
  title: '退货怎么算',
  tier: 'general',
  topic: '退换货',
  questions: ['怎么退', '能退吗'],
  scope: { shops: [], channels: ['web'], products: [] },
  valid_from: '2026-11-01',
  valid_until: null,
  review_every_days: 90,
  owner_role: 'supervisor',
  locale: 'zh',
  body: '签收后 {{policy.return_days}} 天内。',
};

it('comes back from the fields as it went in', () => {
  expect(contentOf(formOf('returns', CONTENT))).toEqual(CONTENT);
});

it('keeps no empty question', () => {
  expect(contentOf({ ...BLANK, questions: ' 怎么退 \n\n' }).questions).toEqual(['怎么退']);
});

describe('a slug', () => {
  it.each(['returns', 'return-7-days', '7'])('may be %s', (slug) => expect(isSlug(slug)).toBe(true));
  it.each(['', 'Returns', '-a', 'a-', 'a--b', '退货', 'a b', 'x'.repeat(81)])('may not be %s', (slug) =>
    expect(isSlug(slug)).toBe(false),
  );
});

it('is complete with a name, a title, a topic and words', () => {
  const whole = formOf('returns', CONTENT);
  expect(isComplete(whole)).toBe(true);
  expect(isComplete({ ...whole, body: ' ' })).toBe(false);
  expect(isComplete({ ...whole, slug: '' })).toBe(false);
});
