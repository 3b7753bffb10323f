import { expect, it } from 'vitest';
import type { NoticeItem } from '@/shared/api';
import type { Activity, Frame } from '@/shared/live';
import { crises, once, reasonOf } from './alerts';

const activity = (changes: Partial<Activity> = {}): Activity => ({
  type: 'activity',
  conversation_id: 'c1',
  seq: 5,
  author_kind: 'customer',
  kind: 'text',
  assignee_id: 'me',
  preview: '在吗',
  at: '2026-11-20T02:00:00Z',
  ...changes,
});
const notice: Frame = { type: 'notice', id: 'n1', kind: 'mentioned', conversation_id: 'c1', ticket_id: null };

it.each([
  ['a notice, in sight', notice, false, 'notice'],
  ['a notice, out of sight', notice, true, 'notice'],
  ['my customer, out of sight', activity(), true, 'message'],
  ['my customer, in sight', activity(), false, undefined],
  ['somebody else’s customer', activity({ assignee_id: 'other' }), true, undefined],
  ['nobody’s customer', activity({ assignee_id: null }), true, undefined],
  ['a customer whom I follow', activity({ conversation_id: 'followed', assignee_id: 'other' }), true, 'message'],
  ['a colleague', activity({ author_kind: 'staff' }), true, undefined],
  ['the line is up', { type: 'ready' } as Frame, true, undefined],
])('calls for %s', (_, frame, hidden, kind) => {
  expect(reasonOf(frame, 'me', hidden, new Set(['followed']))?.kind).toBe(kind);
});

it('knows a crisis from other notices, and shows it until it is read', () => {
  const crisis: Frame = { type: 'notice', id: 'n2', kind: 'crisis', conversation_id: 'c1', ticket_id: null };
  expect(reasonOf(crisis, 'me', false, new Set())).toMatchObject({ crisis: true });
  expect(reasonOf(notice, 'me', false, new Set())).toMatchObject({ crisis: false });
  const item = (id: string, kind: NoticeItem['kind'], read: boolean) => ({ id, kind, read }) as NoticeItem;
  const items = [item('seen', 'crisis', true), item('new', 'crisis', false), item('other', 'escalated', false)];
  expect(crises(items).map(({ id }) => id)).toEqual(['new']);
});

it('tells once of what comes by several lists', () => {
  const first = once(2);
  expect(first(activity())).toBe(true);
  expect(first(activity())).toBe(false);
  expect(first(activity({ seq: 6 }))).toBe(true);
  expect(first(activity({ conversation_id: 'c2' }))).toBe(true);
  expect(first(activity())).toBe(true); // long ago: forgotten
  expect(first({ type: 'ready' })).toBe(true);
});
