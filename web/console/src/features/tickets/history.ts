/** What was changed of a ticket, in the reader's words. */
import type { TFunction } from 'i18next';
import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import type { TicketHistoryEntry, TicketView } from '@/shared/tickets';
import { dayAndTime } from '@/shared/time';
import { type Known, useKnown } from './useKnown';

type Value = TicketHistoryEntry['before'][string];

const FIELDS = {
  kind: 'tickets.kind',
  title: 'tickets.ticketTitle',
  description: 'tickets.description',
  state: 'tickets.state',
  level: 'tickets.level',
  department_id: 'tickets.department',
  owner_id: 'tickets.owner',
  watcher_ids: 'tickets.watchers',
  label_ids: 'tickets.labels',
  parent_id: 'tickets.parent',
  due_at: 'tickets.due',
  fields: 'tickets.fields',
  checklist: 'tickets.checklist',
  order_no: 'tickets.link_order',
  other_id: 'tickets.link_ticket',
  relation: 'tickets.relation',
  merged: 'tickets.link_ticket',
} as const;

const ACTIONS = [
  'opened',
  'state',
  'changed',
  'due',
  'watchers',
  'linked',
  'unlinked',
  'merged',
  'merged_into',
  'commented',
  'deadline_near',
  'deadline_breached',
  'escalated',
  'escalation_confirmed',
] as const;

/** What is not told: what another value says already, and what only a program reads. */
const UNTOLD = new Set([
  'category',
  'resolved_at',
  'comment',
  'mentions',
  'public',
  'ticket_id',
  'source',
  'conversation_id',
  'seq',
  'shop',
  'merged_into_id',
]);

export const namesIn = ({ before, after }: Pick<TicketHistoryEntry, 'before' | 'after'>): string[] =>
  [...new Set([...Object.keys(before), ...Object.keys(after)])].filter((name) => !UNTOLD.has(name));

interface Words {
  known: Known;
  kindId: string;
  /** Of tickets that are referred to, by id. */
  numbers: Map<string, string>;
  t: TFunction;
}

/** `view`: the ticket, by which others that it refers to are known. */
export function useWording(view: TicketView) {
  const { t } = useTranslation();
  const known = useKnown();
  return useMemo(() => {
    const kindId = view.ticket.kind_id;
    const others = [...view.related.map(({ ticket }) => ticket), ...view.parts, view.parent].filter(
      (one) => one !== null,
    );
    const numbers = new Map(others.map(({ id, number }) => [id, number]));
    return {
      actionName: (action: string) => {
        const told = ACTIONS.find((one) => one === action);
        return told ? t(`tickets.did_${told}`) : action;
      },
      fieldName: (name: string) => (name in FIELDS ? t(FIELDS[name as keyof typeof FIELDS]) : name),
      valueText: (name: string, value: Value | undefined) => textOf(name, value, { known, kindId, numbers, t }),
    };
  }, [t, known, view]);
}

function textOf(name: string, value: Value | undefined, words: Words): string {
  const { known, kindId, numbers, t } = words;
  if (value === null || value === undefined || value === '') return t('tickets.nothingBefore');
  if (name === 'checklist' && Array.isArray(value)) {
    return `${value.filter((one) => String(one).startsWith('1')).length} / ${value.length}`;
  }
  if (Array.isArray(value)) {
    return value.map((one) => textOf(name, one, words)).join('、') || t('tickets.nothingBefore');
  }
  if (typeof value === 'object') return ofFields(value, words);
  const text = String(value);
  switch (name) {
    case 'kind':
      return known.kinds.find(({ code }) => code === text)?.name ?? text;
    case 'relation':
      return t(`tickets.relation_${text as 'blocks'}`);
    case 'other_id':
    case 'parent_id':
      return numbers.get(text) ?? text.slice(-6);
    case 'state':
      return known.kind(kindId)?.states.find(({ code }) => code === text)?.name ?? text;
    case 'level':
      return t(`levelLong.${text as '1'}`);
    case 'owner_id':
    case 'watcher_ids':
      return known.person(text) ?? text;
    case 'department_id':
      return known.department(text) || text;
    case 'label_ids':
      return known.label(text) ?? text;
    case 'due_at':
      return dayAndTime(text);
    default:
      return typeof value === 'boolean' ? t(value ? 'tickets.yes' : 'tickets.no') : text;
  }
}

function ofFields(values: Record<string, Value>, words: Words): string {
  const { known, kindId } = words;
  const fields = known.kind(kindId)?.fields ?? [];
  return Object.entries(values)
    .map(([code, value]) => {
      const name = fields.find((field) => field.code === code)?.name ?? code;
      return `${name}：${textOf('', value, words)}`;
    })
    .join('；');
}
