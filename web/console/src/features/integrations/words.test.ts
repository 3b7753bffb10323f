import type { TFunction } from 'i18next';
import { expect, test } from 'vitest';
import type { Delivery } from '@/shared/api';
import { eventName, hostOf, resultOf } from './words';

const t = ((key: string) => key) as TFunction;
const line = (part: Partial<Delivery>) => ({ status: null, problem: null, ...part }) as Delivery;

test.each([
  [line({ status: 204 }), 'HTTP 204'],
  [line({ problem: 'timeout' }), 'integrations.problem_timeout'],
  [line({}), '—'],
])('what came of a try', (delivery, expected) => {
  expect(resultOf(delivery, t)).toBe(expected);
});

test('events have names of their own', () => {
  expect(eventName('conversation.handed_off', t)).toBe('integrations.event_conversation_handed_off');
});

test.each([
  ['https://crm.example:8443/hook?token=x', 'crm.example:8443'],
  ['nothing', 'nothing'],
])('only the host is shown', (url, host) => {
  expect(hostOf(url)).toBe(host);
});
