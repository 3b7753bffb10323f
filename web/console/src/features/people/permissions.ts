/** Permissions and roles in words. */
import type { TFunction } from 'i18next';
import { i18next } from '@/i18n';
import { PERMISSION_WORDS } from '@/i18n/pages/permissions';
import type { Role } from '@/shared/people';
import type { Permission } from '@/shared/session';

export type Area = keyof typeof PERMISSION_WORDS.zh.area;

const { area: _, ...WORDS } = PERMISSION_WORDS.zh;
export const ALL: readonly Permission[] = Object.entries(WORDS).flatMap(([area, texts]) =>
  Object.keys(texts).map((what) => `${area}.${what}` as Permission),
);

/** Those of `held` that this version knows, under the area that they concern. */
export function byArea(held: readonly string[]): [Area, Permission[]][] {
  const areas = new Map<Area, Permission[]>();
  for (const permission of ALL) {
    if (!held.includes(permission)) continue;
    const area = permission.split('.', 1)[0] as Area;
    areas.set(area, [...(areas.get(area) ?? []), permission]);
  }
  return [...areas];
}

const BUILTIN = ['administrator', 'supervisor', 'agent', 'analyst', 'department_member'];

/** From those who may most to those who may least; those made here follow. */
export function inOrder(roles: readonly Role[]): Role[] {
  const place = ({ code }: Role) => (BUILTIN.includes(code) ? BUILTIN.indexOf(code) : BUILTIN.length);
  return [...roles].sort((one, other) => place(one) - place(other));
}

/** What it is for; for one that says nothing of it, how much it permits. */
export function roleHint(role: Role, t: TFunction): string {
  const hint = `role.${role.code}_hint`;
  if (role.builtin && i18next.exists(hint)) return t(hint as 'role.agent_hint');
  return role.description || t('role.holds', { count: role.permissions.length });
}

/** Built-in roles are called by the reader's language, those made here by their own name. */
export const roleName = ({ code, name, builtin }: Role, t: TFunction) =>
  builtin && i18next.exists(`role.${code}`) ? t(`role.${code as 'agent'}`) : name;
