/** What stood in a field of the audit trail, in words: a text, or lines that are each called something. */
import type { TFunction } from 'i18next';
import { i18next } from '@/i18n';
import type { Membership, RoleGrant } from '@/shared/people';
import { wholeMoment } from '@/shared/time';
import type { Places } from './usePlaces';

export type Told = string | Line[];

export interface Line {
  /** Empty: one of several that have no name of their own. */
  name: string;
  told: Told;
}

export type Item = Readonly<Record<string, unknown>>;
export type Telling = (field: string, value: unknown) => Told | null;

const ID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;
const MOMENT = /^\d{4}-\d\d-\d\dT[\d:.]+(Z|[+-]\d\d:\d\d)$/;
/** By which of its fields an item of a list is told from the others, and called. */
const KEYS = ['id', 'code', 'level', 'name', 'text', 'title', 'on', 'date'] as const;
const CALLED = ['name', 'title', 'text', 'date', 'on', 'code'] as const;

export const isItem = (value: unknown): value is Item =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

export const isEmpty = (value: unknown) =>
  value === null || value === undefined || value === '' || (Array.isArray(value) && value.length === 0);

export const fieldName = (field: string, t: TFunction) =>
  i18next.exists(`audit.field.${field}`) ? t(`audit.field.${field as 'roles'}`) : field;

/** Roles are told together only with their places; a checklist only of a ticket, as a kind's has lines with names. */
const isOfItsForm = (field: string, values: unknown[]) =>
  field === 'roles' ? values.every(isItem) : field !== 'checklist' || !values.some(isItem);

/** What tells an item of a list from the others; undefined for a value, or an item without such a field. */
export function keyOf(item: unknown): string | undefined {
  if (!isItem(item)) return undefined;
  const key = KEYS.find((one) => typeof item[one] === 'string' || typeof item[one] === 'number');
  return key && `${key} ${item[key]}`;
}

/** What an item of a list is called. */
export function nameOf(item: unknown, t: TFunction): string {
  if (!isItem(item)) return '';
  const key = CALLED.find((one) => typeof item[one] === 'string' && item[one]);
  if (key) return valueName(key, String(item[key]), t);
  return typeof item.level === 'number' ? `${t('audit.field.level')} ${item.level}` : '';
}

function valueName(field: string, value: string, t: TFunction): string {
  const key = `audit.value.${field}.${value}`;
  return !value.includes('.') && i18next.exists(key) ? t(key as 'audit.value.category.open') : value;
}

const clock = (minutes: unknown) =>
  [Math.floor(Number(minutes) / 60), Number(minutes) % 60].map((part) => String(part).padStart(2, '0')).join(':');

/** `names`: what the colleagues are called whose ids may occur. */
export function telling(
  { rolesOf, placesOf, placeById }: Places,
  names: Record<string, string>,
  t: TFunction,
): Telling {
  const listed = (values: readonly string[]) => values.join(t('people.comma'));
  const permissionName = (one: string) =>
    i18next.exists(`permission.${one}`) ? t(`permission.${one as 'staff.read'}`) : one;
  const lists: Record<string, (values: unknown[]) => Told> = {
    roles: (values) => rolesOf(values as RoleGrant[]),
    memberships: (values) => placesOf(values as Membership[]),
    scopes: (values) => listed(values.map(String).map(permissionName)),
    permissions: (values) => listed(values.map(String).map(permissionName)),
    changed: (values) => listed(values.map((one) => fieldName(String(one), t))),
    checklist: (values) =>
      t('audit.checklist', { count: values.length, done: values.filter((one) => String(one).startsWith('1/')).length }),
    weekly: (values) =>
      values.map((periods, day) => ({
        name: t(`audit.day_${day as 0}`),
        told: tell('periods', periods) ?? t('audit.dayOff'),
      })),
  };
  const text = (field: string, value: string): string => {
    if (field === 'field') return fieldName(value, t);
    if (field === 'locale') return value === 'en' ? t('audit.locale_en') : t('audit.locale_zh');
    if (ID.test(value)) return names[value] ?? placeById(value) ?? `…${value.slice(-6)}`;
    return MOMENT.test(value) ? wholeMoment(value) : valueName(field, value, t);
  };
  const inOneLine = (lines: Line[]): Told =>
    lines.every(({ told }) => typeof told === 'string')
      ? lines.map(({ name, told }) => t('audit.called', { name }) + told).join(t('audit.semicolon'))
      : lines;
  const list = (field: string, values: unknown[]): Told => {
    if (lists[field] && isOfItsForm(field, values)) return lists[field](values);
    const told = values.map((one) => tell(field, one) ?? t('audit.nothing'));
    if (told.every((one) => typeof one === 'string')) return listed(told);
    return told.map((one, at) => {
      const item = values[at];
      const name = nameOf(item, t);
      if (!Array.isArray(one)) return { name, told: one };
      return { name, told: name ? one.filter((line) => line.told !== name) : inOneLine(one) };
    });
  };
  const tell: Telling = (field, value) => {
    if (isEmpty(value)) return null;
    if (typeof value === 'boolean') return t(value ? 'audit.yes' : 'audit.no');
    if (typeof value === 'string') return text(field, value);
    if (Array.isArray(value)) return list(field, value);
    if (!isItem(value)) return String(value);
    if ('opens' in value && 'closes' in value) return `${clock(value.opens)}–${clock(value.closes)}`;
    const lines = Object.entries(value).flatMap(([name, one]) => {
      const told = tell(name, one);
      return told === null ? [] : [{ name: fieldName(name, t), told }];
    });
    return lines.length > 0 ? lines : null;
  };
  return tell;
}
