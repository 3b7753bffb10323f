/** How a step stands: pure. */
import type { TFunction } from 'i18next';
import { askedName, type Escalation } from '@/shared/escalations';
import { ticking, timeOfDay } from '@/shared/time';
import { stepName } from '@/shared/told';

export type Standing = 'asked' | 'late' | 'confirmed' | 'over';

export function standing(step: Escalation, now: number): Standing {
  if (step.closed_at) return 'over';
  if (step.receipted_at) return 'confirmed';
  return Date.parse(step.receipt_due_at) < now ? 'late' : 'asked';
}

/** 4:12 内确认, or what became of it. */
export function standingWords(step: Escalation, now: number, t: TFunction): string {
  const confirmed = step.receipted_at
    ? t('escalation.confirmed', { name: step.receipted_by_name, time: timeOfDay(step.receipted_at) })
    : '';
  const left = ticking(Math.abs(Date.parse(step.receipt_due_at) - now));
  switch (standing(step, now)) {
    case 'over':
      return confirmed || (step.outcome ? t(`escalation.outcome_${step.outcome}`) : '');
    case 'confirmed':
      return confirmed;
    case 'late':
      return t('escalation.late', { time: left });
    default:
      return t('escalation.within', { time: left });
  }
}

/** 升级到专员 · 语桐 */
export const stepWords = (step: Escalation, t: TFunction): string =>
  t('escalation.to', { name: askedName(step, stepName(step.step, step.title, t)) });
