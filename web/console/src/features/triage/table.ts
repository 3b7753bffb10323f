/** What can be done to a table of rules, and how two of them differ; pure. */
import type { Conditions, RuleTable, TriageRule } from '@/shared/api';

export type ConditionName = keyof Conditions;

export const CONDITIONS: ConditionName[] = [
  'intents',
  'not_intents',
  'understood',
  'confidence',
  'emotions',
  'sentiment',
  'urgency',
  'keywords',
  'unless',
  'child_swallowed',
  'segments',
  'order_yuan',
  'contacts',
  'open_ticket',
  'misunderstood',
  'reopened',
  'channels',
  'shops',
  'times',
  'working_hours',
];

const LISTS: ConditionName[] = [
  'intents',
  'not_intents',
  'emotions',
  'keywords',
  'unless',
  'segments',
  'channels',
  'shops',
];
const SWITCHES: ConditionName[] = ['understood', 'child_swallowed', 'open_ticket', 'reopened', 'working_hours'];

export type Kind = 'list' | 'switch' | 'range' | 'contacts' | 'times';

export function kindOf(name: ConditionName): Kind {
  if (LISTS.includes(name)) return 'list';
  if (SWITCHES.includes(name)) return 'switch';
  return name === 'contacts' || name === 'times' ? name : 'range';
}

/** What a condition says when it has just been added. */
export const fresh = (name: ConditionName): Conditions =>
  ({
    list: { [name]: [] },
    switch: { [name]: true },
    range: { [name]: {} },
    contacts: { contacts: { days: 7, min: 3 } },
    times: { times: [{ start: '22:00', end: '08:00' }] },
  })[kindOf(name)];

export const given = (when: Conditions = {}) =>
  CONDITIONS.filter((name) => when[name] !== undefined && when[name] !== null);

/** Conditions without lists that say nothing: they would hold always. */
export function tidy(rule: TriageRule): TriageRule {
  const when = Object.fromEntries(
    Object.entries(rule.when ?? {}).filter(([, value]) => !(Array.isArray(value) && value.length === 0)),
  );
  return { ...rule, title: rule.title.trim(), when };
}

export function moved(rules: TriageRule[], from: number, to: number): TriageRule[] {
  const rest = rules.toSpliced(from, 1);
  const one = rules[from];
  return one ? rest.toSpliced(to, 0, one) : rules;
}

/** The table with this rule in the place of the one of its id, else in front of the last, which is the fallback. */
export function withRule(table: RuleTable, rule: TriageRule): RuleTable {
  const at = table.rules.findIndex(({ id }) => id === rule.id);
  const rules = at < 0 ? table.rules.toSpliced(-1, 0, rule) : table.rules.with(at, rule);
  return { ...table, rules };
}

/** An id that no rule has yet. */
export function newId(rules: TriageRule[]): string {
  let number = rules.length + 1;
  while (rules.some(({ id }) => id === `rule.${number}`)) number += 1;
  return `rule.${number}`;
}

export type Change = 'added' | 'removed' | 'changed' | 'moved';
export interface Difference {
  change: Change;
  rule: TriageRule;
}

/** What became of the rules of `before`. Those whose neighbours only came or went have not moved. */
export function differences(before: TriageRule[], after: TriageRule[]): Difference[] {
  const old = new Map(before.map((rule) => [rule.id, rule]));
  const ids = new Set(after.map(({ id }) => id));
  const kept = before.filter(({ id }) => ids.has(id)).map(({ id }) => id);
  const order = after.filter(({ id }) => old.has(id)).map(({ id }) => id);
  const found = after.flatMap((rule): Difference[] => {
    const former = old.get(rule.id);
    if (!former) return [{ change: 'added' as const, rule }];
    if (JSON.stringify(sorted(former)) !== JSON.stringify(sorted(rule))) return [{ change: 'changed' as const, rule }];
    return kept.indexOf(rule.id) === order.indexOf(rule.id) ? [] : [{ change: 'moved' as const, rule }];
  });
  return [...found, ...before.filter(({ id }) => !ids.has(id)).map((rule) => ({ change: 'removed' as const, rule }))];
}

/** The same value with its fields in one order, whoever wrote it. */
function sorted(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(sorted);
  if (value === null || typeof value !== 'object') return value;
  return Object.fromEntries(
    Object.entries(value)
      .toSorted(([one], [other]) => one.localeCompare(other))
      .map(([name, inner]) => [name, sorted(inner)]),
  );
}
