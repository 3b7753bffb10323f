/** Why a conversation or a ticket may go wrong, in words: pure. */
import type { TFunction } from 'i18next';
import type { ItemKind, RiskReason } from '@/client/types.gen';

export const FEATURES = [
  'level',
  'waits',
  'elapsed',
  'ahead',
  'unassigned',
  'sentiment',
  'angry',
  'messages',
  'contacts',
  'passed_on',
  'reopened',
  'complaint',
] as const;
export const TICKET_FEATURES = [
  'level',
  'elapsed',
  'ahead',
  'unassigned',
  'load',
  'owner_away',
  'rests',
  'quiet',
  'comments',
  'reopened',
  'parts',
  'contacts',
] as const;
type Feature = (typeof FEATURES)[number];
type TicketFeature = (typeof TICKET_FEATURES)[number];

export const share = (value: number) => `${Math.round(value * 100)}%`;

/** What the model counts in tens. */
const TENS = new Set<string>(['ahead', 'messages', 'load', 'comments']);

/** The number that its words say, from the one that the model reckons with. */
function said(feature: string, value: number, kind: ItemKind): string | number {
  if (feature === 'elapsed') return share(value);
  if (TENS.has(feature)) return Math.round(value * 10);
  if (feature === 'quiet') return Math.round(value);
  return feature === 'contacts' && kind === 'conversation' ? value + 1 : value; // the present one counts too
}

/** A taught model may count that something is not so, for which there are no words; nor are there for next to nothing. */
function isSo(feature: string, value: number): boolean {
  if (feature === 'sentiment') return value < 0;
  if (feature === 'level') return value > 1;
  return feature === 'quiet' ? value >= 0.5 : value > 0;
}

export function reasonWords(reasons: RiskReason[], t: TFunction, kind: ItemKind = 'conversation'): string[] {
  const known: readonly string[] = kind === 'ticket' ? TICKET_FEATURES : FEATURES;
  return reasons
    .filter(({ feature, value }) => known.includes(feature) && isSo(feature, value))
    .map(({ feature, value }) => {
      const words = { value: said(feature, value, kind) };
      return kind === 'ticket'
        ? t(`ticketRisk.${feature as TicketFeature}`, words)
        : t(`risk.${feature as Feature}`, words);
    });
}
