/** A role as the form has it, and what may be done with it. */
import type { Role, RoleBody } from '@/shared/people';
import type { Permission } from '@/shared/session';
import { isBeyond } from './drafts';
import { ALL } from './permissions';

export type RoleDraft = Required<RoleBody>;

export const BLANK_ROLE: RoleDraft = { name: '', description: '', permissions: [] };

interface Holder {
  permissions: Permission[];
  limited_to: Record<string, unknown>;
}

/** What this version knows of the role. */
export const draftOfRole = ({ name, description, permissions }: Role): RoleDraft => ({
  name,
  description,
  permissions: ALL.filter((one) => permissions.includes(one)),
});

/** Somebody may hand on what they hold without a limit to teams. */
export const mayGive = (me: Holder, permission: Permission) =>
  me.permissions.includes(permission) && !(permission in me.limited_to);

/** A copy of `role` to begin with: what one does not hold oneself is left out. */
export const copyOf = (role: Role, name: string, me: Holder): RoleDraft => ({
  name: name.slice(0, 60),
  description: role.description,
  permissions: draftOfRole(role).permissions.filter((one) => mayGive(me, one)),
});

/** Why it stays as it is; undefined: it can be changed. */
export function fixedBy(role: Role, me: Holder): 'builtin' | 'beyond' | undefined {
  if (role.builtin) return 'builtin';
  return isBeyond(role, me) ? 'beyond' : undefined;
}

export const lost = (before: RoleDraft, after: RoleDraft): Permission[] =>
  before.permissions.filter((one) => !after.permissions.includes(one));
