import { describe, expect, it } from 'vitest';
import { percent, share, whole } from './figures';

describe('figures of proactive service', () => {
  it('knows no share before anything can be known', () => {
    expect(share({ right: 0, wrong: 0 })).toBeNull();
    expect(share({ right: 3, wrong: 1 })).toBe(0.75);
    expect(percent(0.756)).toBe('76%');
  });

  it('adds up', () => {
    const line = { rule: 'late' as const, found: 4, told: 3, right: 2, wrong: 1 };
    expect(whole([line, { ...line, right: 0 }])).toEqual({ found: 8, told: 6, right: 2, wrong: 2 });
    expect(whole([])).toEqual({ found: 0, told: 0, right: 0, wrong: 0 });
  });
});
