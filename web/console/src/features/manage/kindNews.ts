/** What a release brings to a kind, as the form takes it and as people read it; pure. */
import type { KindContent, KindNews } from '@/shared/releases';
import type { TicketKind } from '@/shared/tickets';
import { blankKind, draftOf, type KindDraft } from './kinds';

/** The kind with what the release brings: the organisation's own department, place and code stay. */
export function taken(news: KindNews, kinds: TicketKind[]): KindDraft {
  const own = kinds.find(({ id }) => id === news.kind_id);
  const fresh = { ...blankKind(news.department_id ?? ''), code: news.code, position: news.position };
  return { ...(own ? draftOf(own) : fresh), ...news.offered, taken: true };
}

/** What an entry of a list is called, by what names it in JSON: of states and fields that is their code. */
export function entryName(content: KindContent, list: string, name: string): string {
  if (list === 'states') return content.states.find(({ code }) => code === name)?.name ?? name;
  if (list === 'fields') return content.fields?.find(({ code }) => code === name)?.name ?? name;
  return name;
}

/** The words of the form for a field, by its name in JSON. */
export const FIELD_WORDS = {
  name: 'kinds.name',
  level: 'kinds.level',
  category: 'kinds.category',
  next: 'kinds.next',
  customer_text: 'kinds.customerText',
  customer_text_en: 'kinds.customerTextEn',
  type: 'kinds.type',
  required: 'kinds.required',
  options: 'kinds.options',
  title: 'kinds.templateTitle',
  description: 'kinds.templateText',
  states: 'kinds.states',
  fields: 'kinds.fields',
  checklist: 'kinds.checklist',
  templates: 'kinds.templates',
  text: 'kinds.checkText',
} as const;

export const isWorded = (name: string): name is keyof typeof FIELD_WORDS => name in FIELD_WORDS;
