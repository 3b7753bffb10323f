import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import type { TFunction } from 'i18next';
import { expect, test } from 'vitest';
import { PERMISSION_WORDS } from '@/i18n/pages/permissions';
import type { Role } from '@/shared/people';
import { byArea, inOrder, roleName } from './permissions';

/** What the server describes of itself. */
const DESCRIPTION = fileURLToPath(new URL('../../../openapi.json', import.meta.url));
const PERMISSIONS: string[] = JSON.parse(readFileSync(DESCRIPTION, 'utf8')).components.schemas.Permission.enum;

function said(words: object): string[] {
  const { area: _, ...areas } = words as Record<string, Record<string, string>>;
  return Object.entries(areas).flatMap(([area, texts]) => Object.keys(texts).map((what) => `${area}.${what}`));
}

test.each(['zh', 'en'] as const)('every permission has its words, and no other has, in %s', (locale) => {
  expect(said(PERMISSION_WORDS[locale]).sort()).toEqual([...PERMISSIONS].sort());
});

test.each(['zh', 'en'] as const)('no text and no area is empty, and no two are the same, in %s', (locale) => {
  const { area, ...areas } = PERMISSION_WORDS[locale];
  const texts = Object.values(areas).flatMap((one) => Object.values(one) as string[]);
  expect(texts.filter((text) => !text.trim())).toEqual([]);
  expect(new Set(texts).size).toBe(texts.length);
  expect(Object.keys(area).sort()).toEqual(Object.keys(areas).sort());
});

test('permissions stand together by area, in the order of the words; an unknown one is left out', () => {
  expect(byArea(['staff.read', 'conversations.reply', 'conversations.read_own', 'flying.carpets'])).toEqual([
    ['conversations', ['conversations.read_own', 'conversations.reply']],
    ['staff', ['staff.read']],
  ]);
});

test('roles stand from the most powerful on, those made here behind, each under its name', () => {
  const role = (code: string, builtin = true): Role => ({
    id: code,
    code,
    name: `${code} kept`,
    description: '',
    builtin,
    permissions: [],
    holders: null,
    version: 1,
  });
  const roles = inOrder([role('hr', false), role('agent'), role('administrator')]);
  expect(roles.map((one) => roleName(one, ((key: string) => key) as TFunction))).toEqual([
    'role.administrator',
    'role.agent',
    'hr kept',
  ]);
});
