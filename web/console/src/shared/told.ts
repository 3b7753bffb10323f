/** What the server did by itself, worded from codes and values in the reader's language: pure. */
import '@/i18n/pages/escalation';
import type { TFunction } from 'i18next';
import type { TriggerKind } from '@/client/types.gen';
import type { DueClock } from './api';
import { dayAndTime } from './time';

/** What is known of one case. */
export type Details = Record<string, unknown>;

interface Cause {
  trigger: TriggerKind;
  /** In the words of whoever asked. */
  reason?: string;
  details?: Details;
}

const clockOf = ({ clock }: Details, t: TFunction) => t(`due.${clock as DueClock}`);

/** Why somebody was asked. */
export function whyWords({ trigger, reason, details = {} }: Cause, t: TFunction): string {
  if (reason || trigger === 'requested') return reason ?? '';
  if (trigger === 'deadline_near' || trigger === 'deadline_breached')
    return t(`escalation.why_${trigger}`, { clock: clockOf(details, t) });
  return t(`escalation.why_${trigger}`, details);
}

/** Steps that no chain names. */
const OWN_STEPS = ['supervisors', 'department_heads'] as const;

export function stepName(step: string, title: string, t: TFunction): string {
  const own = OWN_STEPS.find((one) => one === step);
  return own ? t(`escalation.step_${own}`) : title;
}

/** 升级到专员：语桐。首次响应已超时；who was asked is left out where the step says it already. */
function escalatedWords(details: Details, t: TFunction): string {
  const { step, to, asked, trigger, reason } = details as Record<string, string>;
  const name = stepName(step ?? '', to ?? '', t);
  const why = whyWords({ trigger: trigger as TriggerKind, reason, details }, t);
  if (asked === to) return t('escalation.told_escalated_to', { to: name, why });
  return t('escalation.told_escalated', { to: name, asked, why });
}

/** `text`: as it was written down, in Chinese; for what is not known here by its code, or was kept without details. */
export function toldWords(code: string, text: string, details: Details | undefined, t: TFunction): string {
  if (!details || Object.keys(details).length === 0) return text;
  switch (code) {
    case 'escalated':
      return escalatedWords(details, t);
    case 'escalation_confirmed':
      return t('escalation.told_confirmed', details);
    case 'crisis':
      return t('escalation.told_crisis', details);
    case 'deadline_near':
    case 'deadline_breached':
      return t(`escalation.told_${code}`, {
        level: t(`levelLong.${String(details.level) as '1'}`),
        clock: clockOf(details, t),
        time: details.due_at ? dayAndTime(String(details.due_at)) : '',
        why: details.why ? t(`escalation.near_${details.why as 'share'}`) : '',
      });
    case 'level_changed':
      return t('escalation.told_level_changed', {
        ...details,
        by: byOf(details, t),
        from: t(`levelLong.${String(details.from) as '1'}`),
        to: t(`levelLong.${String(details.to) as '1'}`),
      });
    case 'agent_absent':
    case 'answer_missed':
    case 'transferred':
    case 'spam':
    case 'not_spam':
    case 'merged':
    case 'ticket_opened':
    case 'ticket_state':
      return t(`escalation.told_${code}`, { ...details, by: byOf(details, t) });
    default:
      return text;
  }
}

/** Who have no name in the record. */
const NAMELESS = ['system', 'assistant', 'customer'] as const;

function byOf({ by }: Details, t: TFunction): string {
  const kind = NAMELESS.find((one) => one === by);
  return kind ? t(`escalation.by_${kind}`) : String(by);
}
