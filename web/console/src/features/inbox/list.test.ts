import { describe, expect, it } from 'vitest';
import type { Conversation, ConversationItem, ConversationPage } from '@/shared/api';
import type { Activity } from '@/shared/live';
import { afterActivity, belongs, changesDue, compare, isUnread, place, remove, upToDate, type Wanted } from './list';

const ME = 'me';
const ALL: Wanted = { view: 'all', sort: 'last_activity' };

function item(id: string, minute: number, changes: Partial<Conversation> = {}): ConversationItem {
  const at = new Date(Date.UTC(2026, 10, 22, 8, minute)).toISOString();
  const conversation = {
    id,
    state: 'open',
    level: 1,
    assignee_id: null,
    last_seq: 3,
    customer_seq: 3,
    staff_read_seq: 3,
    waiting_since: null,
    last_message_at: at,
    preview: '你好',
    intent: null,
    spam: false,
    ...changes,
  } as Conversation;
  return { conversation, customer: { id: `of-${id}`, name: '' }, labels: [], followed: false };
}

const page = (items: ConversationItem[], next_cursor: string | null = null): ConversationPage => ({
  items,
  next_cursor,
});
const ids = (pages: ConversationPage[]) =>
  pages.flatMap((one) => one.items.map((line) => line.conversation.id)).join('');

const says = (seq: number, changes: Partial<Activity> = {}): Activity => ({
  type: 'activity',
  conversation_id: 'a',
  seq,
  author_kind: 'customer',
  kind: 'text',
  assignee_id: null,
  preview: '在吗',
  at: '2026-11-22T09:00:00Z',
  ...changes,
});

describe('place', () => {
  const pages = [page([item('a', 9), item('b', 8)], 'more'), page([item('c', 7), item('d', 6)], 'more')];

  it.each([
    ['a newcomer on top', item('x', 10), 'xabcd'],
    ['between', item('x', 7), 'abxcd'],
    ['moved up', item('d', 10), 'dabc'],
    ['left where it was', item('b', 8), 'abcd'],
    ['beyond what is loaded', item('x', 1), 'abcd'],
  ])('%s', (_, moved, expected) => {
    expect(ids(place(pages, moved, ALL, ME))).toBe(expected);
  });

  it('goes to the end of a list that is all there', () => {
    expect(ids(place([page([item('a', 9)])], item('x', 1), ALL, ME))).toBe('ax');
    expect(ids(place([page([])], item('x', 1), ALL, ME))).toBe('x');
  });

  it('takes out what belongs no more', () => {
    const mine: Wanted = { view: 'mine', sort: 'last_activity' };
    const held = [page([item('a', 9, { assignee_id: ME })])];
    expect(ids(place(held, item('a', 9, { assignee_id: 'other' }), mine, ME))).toBe('');
  });
});

describe('belongs', () => {
  it.each<[string, Wanted, Partial<Conversation>, boolean]>([
    ['my open one', { view: 'mine', sort: 'level' }, { assignee_id: ME }, true],
    ['my resolved one', { view: 'mine', sort: 'level' }, { assignee_id: ME, state: 'resolved' }, false],
    ['asked for', { view: 'mine', sort: 'level', state: 'resolved' }, { assignee_id: ME, state: 'resolved' }, true],
    ['waiting', { view: 'waiting', sort: 'level' }, {}, true],
    ['taken', { view: 'waiting', sort: 'level' }, { assignee_id: 'other' }, false],
    ["the assistant's", { view: 'assistant', sort: 'level' }, { state: 'pending' }, true],
    ['another level', { view: 'all', sort: 'level', level: 3 }, {}, false],
    ['another intent', { view: 'all', sort: 'level', intent: 'logistics.eta' }, {}, false],
    ['spam', { view: 'all', sort: 'level' }, { spam: true }, false],
    ['spam asked for', { view: 'all', sort: 'level', spam: true }, { spam: true }, true],
    ['no spam where spam is asked for', { view: 'all', sort: 'level', spam: true }, {}, false],
  ])('%s', (_, wanted, changes, expected) => {
    expect(belongs(item('a', 1, changes), wanted, ME)).toBe(expected);
  });

  it('where a label or a follower is asked for, only with it', () => {
    const plain = item('a', 1);
    const marked = { ...plain, labels: [{ id: 'l1', name: '待补发', color: 'orange' as const }], followed: true };
    for (const wanted of [{ label: 'l1' }, { followed: true as const }, { label: 'l1', followed: true as const }]) {
      expect(belongs(marked, { ...ALL, ...wanted }, ME)).toBe(true);
      expect(belongs(plain, { ...ALL, ...wanted }, ME)).toBe(false);
    }
    expect(belongs(marked, { ...ALL, label: 'l2' }, ME)).toBe(false);
  });
});

describe('compare', () => {
  const early = { waiting_since: '2026-11-22T08:00:00Z' };
  const late = { waiting_since: '2026-11-22T08:05:00Z' };
  it.each([
    ['who waits longer first', item('a', 1, late), item('b', 1, early), 'waiting_since', 1],
    ['who does not wait last', item('a', 1), item('b', 1, late), 'waiting_since', 1],
    ['the higher level first', item('a', 1, { ...late, level: 4 }), item('b', 1, early), 'level', -1],
    ['the latest first', item('a', 2), item('b', 1), 'last_activity', -1],
  ] as const)('%s', (_, a, b, sort, expected) => {
    expect(compare(a, b, sort)).toBe(expected);
  });
});

describe('afterActivity', () => {
  it('lets a customer wait from their first unanswered message', () => {
    const once = afterActivity(item('a', 1), says(4));
    const twice = afterActivity(once, says(5, { at: '2026-11-22T09:03:00Z' }));
    expect(twice.conversation).toMatchObject({
      waiting_since: '2026-11-22T09:00:00Z',
      last_message_at: '2026-11-22T09:03:00Z',
      customer_seq: 5,
    });
    expect(isUnread(twice)).toBe(true);
  });

  it('ends the waiting when somebody answers', () => {
    const asked = afterActivity(item('a', 1), says(4));
    expect(afterActivity(asked, says(5, { author_kind: 'staff' })).conversation.waiting_since).toBeNull();
  });

  it('passes over what it knows, and hides notes', () => {
    const known = item('a', 1);
    expect(afterActivity(known, says(3))).toBe(known);
    expect(afterActivity(known, says(4, { kind: 'note', author_kind: 'staff' })).conversation.preview).toBe('你好');
  });
});

it('lets no slow answer undo what was heard since', () => {
  const heard = afterActivity(item('a', 1), says(4, { author_kind: 'staff', preview: '您好' }));
  const slow = item('a', 1, { assignee_id: ME, waiting_since: '2026-11-22T08:00:00Z' });
  expect(upToDate(heard, slow).conversation).toMatchObject({ assignee_id: ME, preview: '您好', waiting_since: null });
  expect(upToDate(undefined, slow)).toBe(slow);
  expect(upToDate(slow, heard)).toBe(heard);
});

it('removes nothing that is not there', () => {
  const pages = [page([item('a', 1)])];
  expect(remove(pages, 'x')).toBe(pages);
});

describe('deadline', () => {
  const due = (id: string, minute: number | null) =>
    item(id, 0, { due_at: minute === null ? null : new Date(Date.UTC(2026, 10, 22, 8, minute)).toISOString() });

  it.each([
    ['the earlier first', due('a', 10), due('b', 5), 1],
    ['who is not waited for last', due('a', null), due('b', 5), 1],
    ['else by id', due('a', null), due('b', null), -1],
  ])('%s', (_, first, second, order) => {
    expect(compare(first, second, 'deadline')).toBe(order);
  });

  it.each<[string, Partial<Conversation>, Partial<Activity>, boolean]>([
    ['a first question', {}, {}, true],
    ['one more question', { waiting_since: '2026-11-22T08:00:00Z' }, {}, false],
    ['an answer', { due_at: '2026-11-22T08:00:00Z' }, { author_kind: 'staff' }, true],
    ['more of an answer', {}, { author_kind: 'staff' }, false],
    ['a note', { due_at: '2026-11-22T08:00:00Z' }, { author_kind: 'staff', kind: 'note' }, false],
    ['a question to the assistant', { state: 'pending' }, {}, false],
  ])('begins with %s', (_, head, activity, begins) => {
    expect(changesDue(item('a', 0, head), says(4, activity))).toBe(begins);
  });
});
