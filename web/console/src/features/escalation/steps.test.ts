import '@/i18n/pages/escalation';
import { expect, it } from 'vitest';
import { i18next } from '@/i18n';
import type { Escalation } from '@/shared/escalations';
import { timeOfDay } from '@/shared/time';
import { standing, standingWords, stepWords } from './steps';

const DUE = '2026-11-20T02:05:00Z';
const NOW = Date.parse('2026-11-20T02:00:48Z');
const step = (changes: Partial<Escalation> = {}): Escalation => ({
  id: 'e1',
  conversation_id: 'c1',
  step: 'specialist',
  title: '专员',
  trigger: 'requested',
  reason: '客户要求赔付',
  level: 3,
  owner_name: '语桐',
  created_at: '2026-11-20T02:00:00Z',
  receipt_due_at: DUE,
  ...changes,
});
const confirmed = { receipted_at: '2026-11-20T02:01:00Z', receipted_by_name: '语桐' };

it.each([
  ['asked', step(), NOW, '4:12 内确认'],
  ['late', step(), Date.parse(DUE) + 30_000, '已超过确认时限 0:30'],
  ['confirmed', step(confirmed), NOW, `语桐 ${timeOfDay(confirmed.receipted_at)} 已确认接手`],
  ['over', step({ closed_at: DUE, outcome: 'fell_through' }), NOW, '无人确认，已转给下一级'],
  [
    'over',
    step({ ...confirmed, closed_at: DUE, outcome: 'resolved' }),
    NOW,
    `语桐 ${timeOfDay(confirmed.receipted_at)} 已确认接手`,
  ],
] as const)('tells that it is %s', (how, one, now, words) => {
  expect(standing(one, now)).toBe(how);
  expect(standingWords(one, now, i18next.t)).toBe(words);
});

it('names who was asked', () => {
  expect(stepWords(step(), i18next.t)).toBe('已升级到专员 · 语桐');
});
