import { describe, expect, it } from 'vitest';
import { blank, isWhole, moved, retyped, TYPES } from './steps';

describe('steps of a macro', () => {
  it.each([
    [0, 1, 'bac'],
    [2, -1, 'acb'],
    [0, -1, 'abc'],
    [2, 1, 'abc'],
    [7, -1, 'abc'],
  ] as const)('move: %i by %i', (index, by, order) => {
    expect(moved([...'abc'], index, by).join('')).toBe(order);
  });

  it('keep their text when only the reader changes', () => {
    expect(retyped({ type: 'reply', text: '您好', language: 'en' }, 'note')).toEqual({
      type: 'note',
      text: '您好',
      language: 'en',
    });
    expect(retyped({ type: 'reply', text: '您好' }, 'resolve')).toEqual({ type: 'resolve' });
    expect(retyped({ type: 'take' }, 'reply')).toEqual({ type: 'reply', text: '' });
  });

  it('are whole when nothing is left out', () => {
    const whole = TYPES.filter((type) => isWhole(blank(type)));
    expect(whole).toEqual(['take', 'queue', 'snooze', 'resolve']);
    expect(isWhole({ type: 'reply', text: ' \n' })).toBe(false);
    expect(isWhole({ type: 'snooze', minutes: 0 })).toBe(false);
    expect(isWhole({ type: 'assign', staff_id: 'a' })).toBe(true);
  });
});
