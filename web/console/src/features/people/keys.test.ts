import { expect, test } from 'vitest';
import type { ApiKey } from '@/shared/people';
import { expiryAfter, stateOfKey } from './keys';

const NOW = Date.parse('2026-11-26T08:00:00Z');
const key = (part: Partial<ApiKey>) => ({ revoked_at: null, expires_at: null, ...part }) as ApiKey;

test.each([
  [{}, 'valid'],
  [{ expires_at: '2026-11-26T08:00:01Z' }, 'valid'],
  [{ expires_at: '2026-11-26T08:00:00Z' }, 'expired'],
  [{ expires_at: '2026-11-25T08:00:00Z', revoked_at: '2026-11-24T08:00:00Z' }, 'revoked'],
] as const)('a key with %o is %s', (part, state) => {
  expect(stateOfKey(key(part), NOW)).toBe(state);
});

test('a lifetime ends so many days from now, or never', () => {
  expect(expiryAfter(30, NOW)).toBe('2026-12-26T08:00:00.000Z');
  expect(expiryAfter(0, NOW)).toBeNull();
});
