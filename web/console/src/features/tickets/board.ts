/** What happens on the board: pure. */
import type { TicketBoard, TicketCard, TicketColumn, TicketKind, TicketState } from '@/shared/tickets';

/** A column stands for a state of one kind, or for a category of all of them. */
export const keyOf = ({ state, category }: Pick<TicketColumn, 'state' | 'category'>) => state ?? category;

const isAt = (column: TicketColumn, { state, category }: Pick<TicketCard, 'state' | 'category'>) =>
  column.state === null ? column.category === category : column.state === state;

/** The states that may follow the one a ticket has, which is the first of them. */
export function reachable(kind: TicketKind | undefined, from: string): TicketState[] {
  const now = kind?.states.find(({ code }) => code === from);
  if (!kind || !now) return [];
  const next = now.next ?? [];
  return [now, ...kind.states.filter(({ code }) => code !== from && (next.length === 0 || next.includes(code)))];
}

/** The reachable states that stand in a column. */
export const statesIn = (column: TicketColumn, kind: TicketKind | undefined, from: string): TicketState[] =>
  reachable(kind, from).filter((state) => isAt(column, { state: state.code, category: state.category }));

export const cardOn = (board: TicketBoard | undefined, id: string): TicketCard | undefined =>
  board?.columns.flatMap(({ cards }) => cards).find((one) => one.id === id);

/** What a move changes of a card: the version only after the server has said it. */
type Moved = Pick<TicketCard, 'state' | 'category'> & { version?: number };

/** The board with a ticket in another state, at the head of the column where it belongs now. */
export function relocated(board: TicketBoard, id: string, { state, category, version }: Moved): TicketBoard {
  const card = cardOn(board, id);
  if (!card) return board;
  const moved = { ...card, state, category, version: version ?? card.version };
  const columns = board.columns.map((column) => {
    const [was, is] = [isAt(column, card), isAt(column, moved)];
    if (was && is) return { ...column, cards: column.cards.map((one) => (one.id === id ? moved : one)) };
    if (is) return { ...column, count: column.count + 1, cards: [moved, ...column.cards] };
    if (!was) return column;
    return { ...column, count: column.count - 1, cards: column.cards.filter((one) => one.id !== id) };
  });
  return { ...board, columns };
}

/** The states that all of some kinds have: what many tickets can be moved to together. */
export function commonStates(kinds: (TicketKind | undefined)[]): TicketState[] {
  const [first, ...rest] = new Set(kinds);
  return first?.states.filter(({ code }) => rest.every((kind) => kind?.states.some((one) => one.code === code))) ?? [];
}
