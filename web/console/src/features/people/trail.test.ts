import type { TFunction } from 'i18next';
import { expect, test } from 'vitest';
import '@/i18n/pages/audit';
import '@/i18n/pages/permissions';
import type { AuditLine } from '@/shared/audit';
import { actionName, kindName, objectName, pathOf, reasonOf } from './trail';

const t = ((key: string) => key) as TFunction;
const line = (part: Partial<AuditLine>) => ({ object: { kind: 'team', id: 'x' }, after: null, ...part }) as AuditLine;

test('what is known has words, what is not stands as it is', () => {
  expect(actionName('staff.invited', t)).toBe('audit.action.staff.invited');
  expect(actionName('moon.landed', t)).toBe('moon.landed');
  expect(kindName('api_key', t)).toBe('audit.kind.api_key');
  expect(kindName('moon', t)).toBe('moon');
});

test.each([
  [{ object_name: '小雅' }, '小雅'],
  [{ after: { name: '活动组' } }, '活动组'],
  [{ before: { name: '同步' } }, '同步'],
  [{ object: { kind: 'order', id: '1234567' } }, '1234567'],
  [{ object: { kind: 'settings', id: 'dispatch' } }, 'audit.object_settings_dispatch'],
  [{ object: { kind: 'customer', id: '01a216ee-e80f-7eb6-b5fc-7a5b209c28c5' } }, '…9c28c5'],
])('%o is called %s', (part, name) => {
  expect(objectName(line(part), t)).toBe(name);
});

test.each([
  ['conversation', '/inbox/x'],
  ['ticket', '/tickets/x'],
  ['article', '/knowledge/articles/x'],
  ['customer', undefined],
])('a %s is looked at in %s', (kind, path) => {
  expect(pathOf({ kind, id: 'x' })).toBe(path);
});

test.each([
  [null, ''],
  ['delivery', 'reveal.delivery'],
  ['other: 客户要求: 今天', 'reveal.other · 客户要求: 今天'],
  ['换版: 更准', '换版: 更准'],
  ['title', 'title'], // a text of that section, but no purpose
])('the reason %s', (reason, words) => {
  expect(reasonOf(reason, t)).toBe(words);
});
