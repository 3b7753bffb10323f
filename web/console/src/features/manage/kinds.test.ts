import { describe, expect, it } from 'vitest';
import { blankKind, freeCode, isWhole, type KindDraft, newField, newState, withoutState } from './kinds';

const whole: KindDraft = {
  ...blankKind('d'),
  code: 'parcel',
  name: '物流问题',
  states: blankKind('d').states.map((state) => ({ ...state, name: state.code })),
};

describe('freeCode', () => {
  it.each([
    [[], 'state_1'],
    [['new', 'done'], 'state_3'],
    [['state_3', 'done'], 'state_4'],
  ])('beside %j is %s', (taken, code) => {
    expect(freeCode('state', taken)).toBe(code);
  });
});

describe('isWhole', () => {
  it.each<[string, Partial<KindDraft>, boolean]>([
    ['everything there', {}, true],
    ['no name', { name: ' ' }, false],
    ['a code with capitals', { code: 'Parcel' }, false],
    ['no state', { states: [] }, false],
    ['a state without a name', { states: [newState([])] }, false],
    ['a field without a name', { fields: [newField([])] }, false],
    ['a choice without options', { fields: [{ ...newField([]), name: '责任方', type: 'choice' }] }, false],
    ['an empty line of the checklist', { checklist: [{ text: '' }] }, false],
    ['a template without a title', { templates: [{ name: '破损', title: '' }] }, false],
  ])('with %s', (_, changes, is) => {
    expect(isWhole({ ...whole, ...changes })).toBe(is);
  });
});

describe('withoutState', () => {
  it('takes the ways to it along', () => {
    const [first, second] = whole.states;
    const states = [{ ...first, next: ['done'] }, second] as KindDraft['states'];
    expect(withoutState(states, 'done')).toEqual([{ ...first, next: [] }]);
  });
});
