/** Why a conversation may go wrong, in words: pure. */
import type { TFunction } from 'i18next';
import type { RiskReason } from '@/client/types.gen';

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
type Feature = (typeof FEATURES)[number];

export const share = (value: number) => `${Math.round(value * 100)}%`;

/** The number that its words say, from the one that the model reckons with. */
function said(feature: Feature, value: number): string | number {
  if (feature === 'elapsed') return share(value);
  if (feature === 'ahead' || feature === 'messages') return Math.round(value * 10);
  return feature === 'contacts' ? value + 1 : value; // the present one counts too
}

/** A taught model may count that something is not so, for which there are no words. */
function isSo(feature: string, value: number): feature is Feature {
  if (feature === 'sentiment') return value < 0;
  if (feature === 'level') return value > 1;
  return value > 0 && FEATURES.some((known) => known === feature);
}

export function reasonWords(reasons: RiskReason[], t: TFunction): string[] {
  return reasons.flatMap(({ feature, value }) =>
    isSo(feature, value) ? [t(`risk.${feature}`, { value: said(feature, value) })] : [],
  );
}
