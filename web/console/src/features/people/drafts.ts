/** A colleague as the form has them, and where roles and memberships count, as values of a choice. */
import type { Department } from '@/shared/api';
import type { Colleague, Membership, Role, RoleGrant, StaffQuery } from '@/shared/people';
import type { Permission } from '@/shared/session';

export interface Draft {
  login: string;
  display_name: string;
  locale: 'zh' | 'en';
  roles: RoleGrant[];
  memberships: string[];
}

export const BLANK: Draft = {
  login: '',
  display_name: '',
  locale: 'zh',
  roles: [{ role: 'agent' }],
  memberships: [],
};

export type State = 'active' | 'invited' | 'left';

export const stateOf = ({ active, invited }: Colleague): State => (!active ? 'left' : invited ? 'invited' : 'active');

/** By what colleagues are looked for; empty: by none of it. */
export interface Wanted {
  state: State | 'all';
  words: string;
  place: string;
  role: string;
}

/** What the server is asked for. Who does not manage staff is told neither who is invited nor who holds which role. */
export function queryOf({ state, words, place, role }: Wanted, manages: boolean): StaffQuery {
  const query: StaffQuery = { ...placeOf(place), limit: 50 };
  if (words.trim()) query.q = words.trim();
  if (state !== 'all') query.active = state !== 'left';
  if (manages && role) query.role = role;
  if (manages && (state === 'active' || state === 'invited')) query.invited = state === 'invited';
  return query;
}

const TEAM = 'team:';
const DEPARTMENT = 'department:';

/** A department, or a team of it, as one word; empty for everywhere. */
export const placeKey = ({ department_id, team_id }: { department_id?: string | null; team_id?: string | null }) =>
  team_id ? TEAM + team_id : department_id ? DEPARTMENT + department_id : '';

export function placeOf(key: string): { department_id?: string; team_id?: string } {
  if (key.startsWith(TEAM)) return { team_id: key.slice(TEAM.length) };
  if (key.startsWith(DEPARTMENT)) return { department_id: key.slice(DEPARTMENT.length) };
  return {};
}

/** All departments, each followed by its teams. */
export const placeOptions = (departments: readonly Department[]) =>
  departments.flatMap(({ id, name, teams }) => [
    { value: placeKey({ department_id: id }), label: name },
    ...teams.map((team) => ({ value: placeKey({ team_id: team.id }), label: `${name} / ${team.name}` })),
  ]);

export const placeName = (departments: readonly Department[], key: string) =>
  placeOptions(departments).find(({ value }) => value === key)?.label;

function membershipOf(key: string, departments: readonly Department[]): Membership {
  const { team_id, department_id } = placeOf(key);
  const of = departments.find(({ teams }) => teams.some(({ id }) => id === team_id));
  return { department_id: department_id ?? of?.id ?? '', team_id: team_id ?? null };
}

export const draftOf = (colleague: Colleague): Draft => ({
  login: colleague.login ?? '',
  display_name: colleague.display_name,
  locale: colleague.locale ?? 'zh',
  roles: colleague.roles ?? [],
  memberships: colleague.memberships.map(placeKey),
});

/** The draft as the server takes it; roles that were not chosen are left out. */
export const bodyOf = (draft: Draft, departments: readonly Department[]) => ({
  display_name: draft.display_name.trim(),
  locale: draft.locale,
  roles: draft.roles.filter(({ role }) => role),
  memberships: draft.memberships.map((key) => membershipOf(key, departments)),
});

/** Only what is not as it was: what somebody else changes meanwhile stays. */
export function changesOf(kept: Draft, draft: Draft, departments: readonly Department[]) {
  const [before, after] = [bodyOf(kept, departments), bodyOf(draft, departments)];
  const fields = (Object.keys(after) as (keyof typeof after)[]).filter(
    (field) => JSON.stringify(after[field]) !== JSON.stringify(before[field]),
  );
  return Object.fromEntries(fields.map((field) => [field, after[field]])) as Partial<typeof after>;
}

/** Nobody hands out more than they hold themselves, without a limit to teams. */
export const isBeyond = (
  role: Role,
  { permissions, limited_to }: { permissions: Permission[]; limited_to: Record<string, unknown> },
) => role.permissions.some((one) => !permissions.includes(one as Permission) || one in limited_to);

/** Beside which field a refusal stands; the others stand above the button. */
export const FIELD_OF: Record<string, keyof Draft> = {
  login_taken: 'login',
  login_refused: 'login',
  exceeds_own_permissions: 'roles',
  last_administrator: 'roles',
  reference_unknown: 'roles',
};
