/** What a release brings to a kind, as the form takes it and as people read it; pure. */
import type { KindContent, KindNews } from '@/shared/releases';
import { blankKind, type KindDraft } from './kinds';

/** The kind with what the release brings, all as of when that was found out: whoever changed it since is not undone. */
export const taken = ({ code, department_id, position, version, offered }: KindNews): KindDraft => ({
  ...blankKind(department_id ?? ''),
  ...offered,
  code,
  position,
  version: version ?? 0,
  taken: true,
});

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
