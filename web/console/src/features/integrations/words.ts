import type { TFunction } from 'i18next';
import type { Delivery, EventType } from '@/shared/api';

/** What an event is called. */
export const eventName = (event: EventType, t: TFunction) =>
  t(`integrations.event_${event.replace('.', '_') as 'deed_done'}`);

/** What came of the last try: the receiver's status, or why there was none. */
export function resultOf({ status, problem }: Delivery, t: TFunction): string {
  if (problem) return t(`integrations.problem_${problem as 'timeout'}`);
  return status === null ? '—' : `HTTP ${status}`;
}

/** The host alone: paths of webhooks are long, and tokens are often a part of them. */
export function hostOf(url: string): string {
  try {
    return new URL(url).host;
  } catch {
    return url;
  }
}
