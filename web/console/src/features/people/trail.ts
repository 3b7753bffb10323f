/** Entries of the audit trail in words. */
import type { TFunction } from 'i18next';
import { i18next } from '@/i18n';
import type { AuditLine } from '@/shared/audit';
import type { Membership, RoleGrant } from '@/shared/people';
import { wholeMoment } from '@/shared/time';
import type { Places } from './usePlaces';

/** What was done; what this version has no words for stands as it is kept. */
export const actionName = (action: string, t: TFunction) =>
  i18next.exists(`audit.action.${action}`) ? t(`audit.action.${action as 'skill.put'}`) : action;

export const kindName = (kind: string, t: TFunction) =>
  i18next.exists(`audit.kind.${kind}`) ? t(`audit.kind.${kind as 'skill'}`) : kind;

export const fieldName = (field: string, t: TFunction) =>
  i18next.exists(`audit.field.${field}`) ? t(`audit.field.${field as 'roles'}`) : field;

/** The object by a name if there is one, else by the end of its id, which tells two apart. */
export function objectName({ object, object_name, before, after }: AuditLine): string {
  const named = object_name ?? after?.name ?? before?.name;
  if (typeof named === 'string') return named;
  return object.id.length > 20 ? `…${object.id.slice(-6)}` : object.id;
}

/** Where the object can be looked at. */
export function pathOf({ kind, id }: AuditLine['object']): string | undefined {
  if (kind === 'conversation') return `/inbox/${id}`;
  if (kind === 'ticket') return `/tickets/${id}`;
  return kind === 'article' ? `/knowledge/articles/${id}` : undefined;
}

const PURPOSES = ['verify_identity', 'call_back', 'delivery', 'after_sale', 'complaint', 'other'] as const;

/** The purpose in the reader's language, then what was typed. */
export function reasonOf(reason: string | null, t: TFunction): string {
  if (!reason) return '';
  const [first, ...rest] = reason.split(': ');
  const purpose = PURPOSES.find((one) => one === first);
  return purpose ? [t(`reveal.${purpose}`), rest.join(': ')].filter(Boolean).join(' · ') : reason;
}

type InWords = (field: string, value: unknown) => string | null;

/** What stood in a field: roles, places and permissions by their names, the rest as it is kept. */
export function wordsOf({ rolesOf, placesOf }: Places, t: TFunction): InWords {
  const listed = (values: unknown[], say: (one: string) => string) =>
    values.map(String).map(say).join(t('people.comma'));
  const permissionName = (one: string) =>
    i18next.exists(`permission.${one}`) ? t(`permission.${one as 'staff.read'}`) : one;
  const lists: Record<string, (values: unknown[]) => string> = {
    roles: (values) => rolesOf(values as RoleGrant[]),
    memberships: (values) => placesOf(values as Membership[]),
    team_ids: (values) => placesOf(values.map((team_id) => ({ team_id: String(team_id) }))),
    scopes: (values) => listed(values, permissionName),
    changed: (values) => listed(values, (one) => fieldName(one, t)),
  };
  const texts: Record<string, (value: string) => string> = {
    department_id: (department_id) => placesOf([{ department_id }]),
    expires_at: wholeMoment,
    due_at: wholeMoment,
    field: (value) => fieldName(value, t),
    locale: (value) => (value === 'en' ? t('audit.locale_en') : t('audit.locale_zh')),
  };
  return (field, value) => {
    if (isEmpty(value)) return null;
    if (typeof value === 'boolean') return t(value ? 'audit.yes' : 'audit.no');
    if (typeof value === 'string') return texts[field]?.(value) ?? value;
    if (Array.isArray(value) && lists[field]) return lists[field](value);
    if (Array.isArray(value) && !value.some((one) => typeof one === 'object')) return listed(value, String) || null;
    return typeof value === 'object' ? JSON.stringify(value) : String(value);
  };
}

export interface Change {
  field: string;
  before: string | null;
  after: string | null;
}

/** What became of each field that is not the same after as before. */
export function changesOf({ before, after }: Pick<AuditLine, 'before' | 'after'>, inWords: InWords): Change[] {
  const fields = [...new Set([...Object.keys(before ?? {}), ...Object.keys(after ?? {})])];
  return fields
    .filter((field) => kept(before?.[field]) !== kept(after?.[field]))
    .map((field) => ({ field, before: inWords(field, before?.[field]), after: inWords(field, after?.[field]) }));
}

const isEmpty = (value: unknown) => value === null || value === undefined || value === '';
const kept = (value: unknown) => (isEmpty(value) ? '' : JSON.stringify(value));
