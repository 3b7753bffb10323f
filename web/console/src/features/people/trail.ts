/** Entries of the audit trail in words. */
import type { TFunction } from 'i18next';
import { i18next } from '@/i18n';
import type { AuditLine } from '@/shared/audit';

/** What was done; what this version has no words for stands as it is kept. */
export const actionName = (action: string, t: TFunction) =>
  i18next.exists(`audit.action.${action}`) ? t(`audit.action.${action as 'skill.put'}`) : action;

export const kindName = (kind: string, t: TFunction) =>
  i18next.exists(`audit.kind.${kind}`) ? t(`audit.kind.${kind as 'skill'}`) : kind;

/** The object by a name if there is one, else by the end of its id, which tells two apart. */
export function objectName({ object, object_name, before, after }: AuditLine, t: TFunction): string {
  const key = `audit.object_${object.kind}_${object.id}`;
  if (i18next.exists(key)) return t(key as 'audit.object_model_0');
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
