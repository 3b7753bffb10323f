/** Macros: what their actions are called. */
import { useQuery } from '@tanstack/react-query';
import type { TFunction } from 'i18next';
import { api, type Macro } from './api';

export type Action = Macro['actions'][number];

export const MACROS = ['macros'];

export const useMacros = (enabled = true) => useQuery({ queryKey: MACROS, queryFn: api.macros, enabled });

/** What changes who is in charge, or ends it: to be asked about before it is done. */
export const isGrave = ({ type }: Action) => type === 'assign' || type === 'queue' || type === 'resolve';

export type Unit = 'minutes' | 'hours' | 'days';
const MINUTES: Record<Unit, number> = { minutes: 1, hours: 60, days: 1440 };

/** A duration in the largest unit that says it without a fraction. */
export function inUnits(minutes: number): { count: number; unit: Unit } {
  const unit = (['days', 'hours'] as const).find((one) => minutes > 0 && minutes % MINUTES[one] === 0) ?? 'minutes';
  return { count: minutes / MINUTES[unit], unit };
}

export const inMinutes = (count: number, unit: Unit) => count * MINUTES[unit];

/** One action in words. `names`: of colleagues, by id. */
export function actionText(action: Action, names: Map<string, string>, t: TFunction): string {
  switch (action.type) {
    case 'reply':
    case 'note':
      return t(`macro.says_${action.type}`, { text: action.text });
    case 'assign':
      return t('macro.does_assign', { name: names.get(action.staff_id) ?? t('macro.someone') });
    case 'snooze': {
      const { count, unit } = inUnits(action.minutes);
      return t('macro.does_snooze', { time: t(`macro.span_${unit}`, { count }) });
    }
    default:
      return t(`macro.does_${action.type}`);
  }
}
