/** What a notice says, in the reader's language. */
import type { TFunction } from 'i18next';
import type { DueClock, NoticeItem, State } from '@/shared/api';
import type { TriggerKind } from '@/shared/escalations';
import { stepName, whyWords } from '@/shared/told';

/** Of a state or a clock, its name; of a risk, how great it is; of a step, which one and why. */
export function textOf(item: NoticeItem, t: TFunction): string {
  if (item.kind === 'escalated' && item.details.trigger) {
    const { step, to, trigger, reason } = item.details as Record<string, string>;
    const why = whyWords({ trigger: trigger as TriggerKind, reason, details: item.details }, t);
    return [stepName(step ?? '', to ?? '', t), why].filter(Boolean).join(t('risk.because'));
  }
  if (item.kind === 'crisis' && item.details.ticket) return t('escalation.told_crisis', item.details);
  if (!item.text) return '';
  if (item.kind === 'warned') return t('notice.likely', { share: item.text });
  if (item.kind === 'followed') return t(`state.${item.text as State}`);
  if (item.kind === 'deadline_near' || item.kind === 'deadline_breached') return t(`due.${item.text as DueClock}`);
  return item.text;
}

export const bodyOf = (item: NoticeItem, t: TFunction): string =>
  [item.customer_name, textOf(item, t)].filter(Boolean).join('：');
