/** How long until something is due, as people say it: pure. */
const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

export interface Span {
  unit: 'days' | 'hours' | 'minutes';
  count: number;
}

/** In the largest unit that says enough: from two days on in days, from one hour on in hours. */
export function spanOf(milliseconds: number): Span {
  if (milliseconds >= 2 * DAY) return { unit: 'days', count: Math.floor(milliseconds / DAY) };
  if (milliseconds >= HOUR) return { unit: 'hours', count: Math.floor(milliseconds / HOUR) };
  return { unit: 'minutes', count: Math.max(1, Math.floor(milliseconds / MINUTE)) };
}

export type Urgency = 'late' | 'soon' | 'calm';

/** Less than this, and somebody should look at it now. */
const SOON = 4 * HOUR;

export function urgencyOf(due: number, now: number): Urgency {
  if (now > due) return 'late';
  return due - now < SOON ? 'soon' : 'calm';
}
