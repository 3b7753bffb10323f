import { expect, test } from 'vitest';
import type { TriageRule } from '@/shared/api';
import { differences, fresh, given, kindOf, moved, newId, tidy, withRule } from './table';

const rule = (id: string, level = 1): TriageRule => ({ id, title: id, when: {}, effects: { level } });
const ids = (rules: TriageRule[]) => rules.map(({ id }) => id).join('');

test('a rule is moved up and down, and nowhere from nowhere', () => {
  const rules = [rule('a'), rule('b'), rule('c')];
  expect(ids(moved(rules, 2, 0))).toBe('cab');
  expect(ids(moved(rules, 0, 1))).toBe('bac');
  expect(moved(rules, 7, 0)).toBe(rules);
});

test('a new rule goes in front of the fallback, a known one keeps its place', () => {
  const table = { rules: [rule('a'), rule('z')] };
  expect(ids(withRule(table, rule('b')).rules)).toBe('abz');
  expect(withRule(table, rule('a', 5)).rules[0]).toEqual(rule('a', 5));
  expect(newId([rule('rule.2')])).toBe('rule.3');
});

test('conditions that say nothing are left out', () => {
  const kept = tidy({ ...rule('a'), title: ' 甲 ', when: { keywords: [], understood: false, urgency: { min: 2 } } });
  expect(kept.title).toBe('甲');
  expect(given(kept.when)).toEqual(['understood', 'urgency']);
});

test('a condition begins as what it is', () => {
  expect(kindOf('order_yuan')).toBe('range');
  expect(fresh('segments')).toEqual({ segments: [] });
  expect(fresh('reopened')).toEqual({ reopened: true });
  expect(given(fresh('times'))).toEqual(['times']);
});

test('differences are told once each, however the fields are ordered', () => {
  const before = [rule('a'), rule('b'), rule('c'), rule('d')];
  const after = [rule('n'), rule('b'), rule('a'), { effects: { level: 5 }, when: {}, title: 'd', id: 'd' }];
  expect(differences(before, after).map(({ change, rule: { id } }) => `${change} ${id}`)).toEqual([
    'added n',
    'moved b',
    'moved a',
    'changed d',
    'removed c',
  ]);
  expect(differences(before, [{ effects: { level: 1 }, title: 'a', id: 'a', when: {} }, ...before.slice(1)])).toEqual(
    [],
  );
});
