import { describe, expect, it } from 'vitest';
import { differing } from './differing';

describe('where two objects differ', () => {
  it('is nowhere when one only says what the other leaves out', () => {
    expect(differing({ a: '', b: [], c: { d: null } }, { c: {} })).toEqual([]);
  });

  it('is told field by field, of words as what came and went', () => {
    const before = { level: 1, words: ['a', 'b'], when: { min: 1 } };
    const after = { level: 2, words: ['b', 'c'], when: { min: 1, max: 3 } };
    expect(differing(before, after)).toEqual([
      { path: ['level'], before: 1, after: 2 },
      { path: ['words'], added: ['c'], removed: ['a'] },
      { path: ['when', 'max'], before: undefined, after: 3 },
    ]);
  });

  it('is found in the entries of a list by their names, wherever they stand', () => {
    const before = {
      states: [
        { code: 'new', text: 'a' },
        { code: 'done', text: 'b' },
      ],
    };
    const after = {
      states: [
        { code: 'done', text: 'c' },
        { code: 'new', text: 'a' },
        { code: 'wait', text: 'd' },
      ],
    };
    expect(differing(before, after)).toEqual([
      { path: ['states', 'done', 'text'], before: 'b', after: 'c' },
      { path: ['states', 'wait'], before: undefined, after: { code: 'wait', text: 'd' } },
    ]);
  });

  it('is the whole value where nothing has a name', () => {
    expect(differing({ t: [1] }, { t: [2] })).toEqual([{ path: ['t'], before: [1], after: [2] }]);
    expect(differing({ words: ['a'] }, {})).toEqual([{ path: ['words'], added: [], removed: ['a'] }]);
  });
});
