import { describe, expect, it } from 'vitest';
import type { Category, TicketBoard, TicketCard, TicketKind, TicketState } from '@/shared/tickets';
import { commonStates, reachable, relocated, statesIn } from './board';

const state = (code: string, category: Category, next: string[] = []): TicketState => ({
  code,
  name: code,
  category,
  next,
});
const STATES = [
  state('new', 'open', ['checking', 'asked', 'done']),
  state('checking', 'open'),
  state('asked', 'waiting'),
  state('done', 'resolved', ['new']),
];
const kindOf = (states: TicketState[]) => ({ id: 'k', states }) as TicketKind;
const KIND = kindOf(STATES);
const card = (id: string, at: string, category: Category) => ({ id, state: at, category, version: 1 }) as TicketCard;
const column = (category: Category, cards: TicketCard[], of: string | null = null) => ({
  category,
  state: of,
  count: cards.length + 5,
  cards,
});
const codes = (states: TicketState[]) => states.map(({ code }) => code);

describe('reachable', () => {
  it.each([
    ['new', ['new', 'checking', 'asked', 'done']],
    ['checking', ['checking', 'new', 'asked', 'done']],
    ['done', ['done', 'new']],
    ['gone', []],
  ])('from %s: %j', (from, found) => {
    expect(codes(reachable(KIND, from))).toEqual(found);
  });
});

describe('statesIn', () => {
  it('offers, for a category, every state of it that may follow', () => {
    expect(codes(statesIn(column('open', []), KIND, 'new'))).toEqual(['new', 'checking']);
    expect(codes(statesIn(column('closed', []), KIND, 'new'))).toEqual([]);
  });

  it('offers, on the board of a kind, the one state of the column', () => {
    expect(codes(statesIn(column('open', [], 'checking'), KIND, 'new'))).toEqual(['checking']);
    expect(codes(statesIn(column('waiting', [], 'asked'), KIND, 'done'))).toEqual([]);
  });
});

describe('relocated', () => {
  const board: TicketBoard = {
    columns: [column('open', [card('a', 'new', 'open'), card('b', 'new', 'open')]), column('waiting', [])],
  };

  it('takes a ticket from one column to the head of another, and counts it there', () => {
    const after = relocated(board, 'b', { state: 'asked', category: 'waiting', version: 2 });
    expect(after.columns.map(({ count, cards }) => [count, cards.map(({ id }) => id)])).toEqual([
      [6, ['a']],
      [6, ['b']],
    ]);
    expect(after.columns[1]?.cards[0]).toMatchObject({ state: 'asked', category: 'waiting', version: 2 });
  });

  it('leaves it where it is when the other state stands in the same column', () => {
    const after = relocated(board, 'a', { state: 'checking', category: 'open' });
    expect(after.columns[0]?.count).toBe(7);
    expect(after.columns[0]?.cards.map(({ id, state }) => [id, state])).toEqual([
      ['a', 'checking'],
      ['b', 'new'],
    ]);
  });

  it('changes nothing for a ticket that is not shown', () => {
    expect(relocated(board, 'x', { state: 'asked', category: 'waiting' })).toBe(board);
  });
});

describe('commonStates', () => {
  it('are those that every kind has', () => {
    const other = kindOf([state('new', 'open'), state('done', 'closed')]);
    expect(codes(commonStates([KIND, KIND]))).toEqual(codes(STATES));
    expect(codes(commonStates([KIND, other]))).toEqual(['new', 'done']);
    expect(commonStates([KIND, undefined])).toEqual([]);
  });
});
