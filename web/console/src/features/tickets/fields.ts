/** Custom fields of a kind: pure. */
import type { FieldValue, KindField } from '@/shared/tickets';

export type Values = Record<string, FieldValue>;

const isEmpty = (value: FieldValue | undefined) => value === undefined || value === null || value === '';

/** What was filled in, of the fields that the kind has. */
export function filledIn(fields: KindField[], values: Values): Values {
  const known = fields.filter(({ code }) => !isEmpty(values[code]));
  return Object.fromEntries(known.map(({ code }) => [code, values[code] as FieldValue]));
}
