import '@/i18n/pages/escalation';
import { expect, it } from 'vitest';
import { i18next } from '@/i18n';
import { FEATURES, reasonWords, share, TICKET_FEATURES } from './reasons';

const words = (...reasons: [string, number][]) =>
  reasonWords(
    reasons.map(([feature, value]) => ({ feature, value, weight: 1 })),
    i18next.t,
  );

it('says why in words, in the order of their weight', () => {
  expect(words(['elapsed', 0.9], ['sentiment', -0.7], ['contacts', 1])).toEqual([
    '等待已用 90% 的时限',
    '情绪负面',
    '一周内第 2 次联系',
  ]);
});

it('counts in ones what the model counts in tens', () => {
  expect(words(['ahead', 1.2])).toEqual(['前面还有 12 位更紧急的客户']);
});

it('has words of its own for tickets', () => {
  const reasons = [
    { feature: 'load', value: 1.2, weight: 1 },
    { feature: 'contacts', value: 2, weight: 1 },
    { feature: 'quiet', value: 0.1, weight: 1 },
  ];
  expect(reasonWords(reasons, i18next.t, 'ticket')).toEqual(['负责人手上还有 12 张工单', '客户一周内联系 2 次']);
});

it('has no words for what is not so, nor for what it does not know', () => {
  expect(words(['unassigned', 0], ['sentiment', 0.4], ['level', 1], ['phase_of_the_moon', 1])).toEqual([]);
});

it('has words for every feature in both languages', () => {
  for (const feature of FEATURES)
    for (const lng of ['zh', 'en']) expect(i18next.exists(`risk.${feature}`, { lng, fallbackLng: [] })).toBe(true);
  for (const feature of TICKET_FEATURES)
    for (const lng of ['zh', 'en'])
      expect(i18next.exists(`ticketRisk.${feature}`, { lng, fallbackLng: [] })).toBe(true);
});

it('rounds shares', () => {
  expect(share(0.625)).toBe('63%');
});
