/** Drafts of kinds of tickets: pure. */
import type { KindField, TicketKind, TicketState } from '@/shared/tickets';

/** `version`: the one that is being changed. `taken`: what the release ships of it has been looked at. */
export type KindDraft = Omit<TicketKind, 'id'> & { taken?: boolean };

export const blankKind = (department_id: string): KindDraft => ({
  code: '',
  name: '',
  position: 100,
  department_id,
  level: 1,
  states: [
    { code: 'new', name: '', category: 'open', next: [], customer_text: '' },
    { code: 'done', name: '', category: 'resolved', next: [], customer_text: '' },
  ],
  fields: [],
  checklist: [],
  templates: [],
  archived: false,
  version: 0,
});

export const draftOf = ({ id: _, ...draft }: TicketKind): KindDraft => draft;

/** A code that nobody has to think of: the first of a series that is free. */
export function freeCode(prefix: string, taken: string[]): string {
  let number = taken.length + 1;
  while (taken.includes(`${prefix}_${number}`)) number++;
  return `${prefix}_${number}`;
}

export const newState = (states: TicketState[]): TicketState => ({
  code: freeCode(
    'state',
    states.map(({ code }) => code),
  ),
  name: '',
  category: 'open',
  next: [],
  customer_text: '',
});

export const newField = (fields: KindField[]): KindField => ({
  code: freeCode(
    'field',
    fields.map(({ code }) => code),
  ),
  name: '',
  type: 'text',
  required: false,
  options: [],
});

/** Without a state, also where others led to it. */
export const withoutState = (states: TicketState[], code: string): TicketState[] =>
  states
    .filter((state) => state.code !== code)
    .map((state) => ({ ...state, next: state.next?.filter((one) => one !== code) }));

const named = (name: string) => name.trim() !== '';

/** Whether it can be sent; whether it makes sense the server says. */
export function isWhole({ code, name, department_id, states, fields, checklist, templates }: KindDraft): boolean {
  return (
    /^[a-z][a-z0-9_]{0,39}$/.test(code) &&
    named(name) &&
    department_id !== '' &&
    states.length > 0 &&
    states.every((state) => named(state.name)) &&
    fields.every((field) => named(field.name) && (field.type !== 'choice' || (field.options ?? []).length > 0)) &&
    checklist.every((item) => named(item.text)) &&
    templates.every((template) => named(template.name) && named(template.title))
  );
}
