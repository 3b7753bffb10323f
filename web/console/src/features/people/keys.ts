/** What state an API key is in, and until when a new one is valid. */
import type { ApiKey } from '@/shared/people';

export type KeyState = 'valid' | 'expired' | 'revoked';

export function stateOfKey({ revoked_at, expires_at }: ApiKey, now: number): KeyState {
  if (revoked_at) return 'revoked';
  return expires_at && Date.parse(expires_at) <= now ? 'expired' : 'valid';
}

/** 0: without end. */
export const LIFETIMES = [30, 90, 365, 0] as const;

export const expiryAfter = (days: number, now: number) =>
  days === 0 ? null : new Date(now + days * 24 * 60 * 60 * 1000).toISOString();
