/** The steps of a macro while it is edited: pure. */
import type { Action } from '@/shared/macros';

export const TYPES = ['reply', 'note', 'take', 'assign', 'queue', 'snooze', 'resolve'] as const;
export const MOST_STEPS = 10;

export type Step = Action & { key: string };

/** What a step of this type says at first. */
export function blank(type: Action['type']): Action {
  switch (type) {
    case 'reply':
    case 'note':
      return { type, text: '' };
    case 'assign':
      return { type, staff_id: '' };
    case 'snooze':
      return { type, minutes: 120 };
    default:
      return { type };
  }
}

/** With another type, keeping the text where both have one. */
export function retyped(action: Action, type: Action['type']): Action {
  const fresh = blank(type);
  return 'text' in action && 'text' in fresh ? { ...action, ...fresh, text: action.text } : fresh;
}

/** The step at `index` one place up or down, if there is one. */
export function moved<T>(steps: T[], index: number, by: 1 | -1): T[] {
  const next = [...steps];
  const [one] = next.splice(index, 1);
  if (one === undefined || index + by < 0 || index + by >= steps.length) return steps;
  next.splice(index + by, 0, one);
  return next;
}

/** Whether nothing is left out. */
export function isWhole(action: Action): boolean {
  if ('text' in action) return action.text.trim() !== '';
  if (action.type === 'assign') return action.staff_id !== '';
  return action.type !== 'snooze' || action.minutes > 0;
}
