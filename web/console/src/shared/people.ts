/** The people who work here, and what lets them and their programs in. */
import { useQuery } from '@tanstack/react-query';
import {
  apiV1ApiKeysCreateApiKey,
  apiV1ApiKeysKeyIdRevokeApiKey,
  apiV1ApiKeysListApiKeys,
  apiV1AuthInvitationAcceptInvitation,
  apiV1AuthInvitationHolderReadInvitation,
  apiV1AuthPasswordChangePassword,
  apiV1AuthSessionsEndOtherSessions,
  apiV1AuthSessionsListSessions,
  apiV1AuthSessionsSessionIdEndSession,
  apiV1DepartmentsCreateDepartment,
  apiV1DepartmentsDepartmentIdRenameDepartment,
  apiV1DepartmentsDepartmentIdTeamsCreateTeam,
  apiV1RolesCreateRole,
  apiV1RolesListRoles,
  apiV1RolesRoleIdChangeRole,
  apiV1RolesRoleIdDeleteRole,
  apiV1StaffCreateStaff,
  apiV1StaffListStaff,
  apiV1StaffStaffIdChangeStaff,
  apiV1StaffStaffIdDeactivateDeactivateStaff,
  apiV1StaffStaffIdInvitationRenewInvitation,
  apiV1StaffStaffIdReactivateReactivateStaff,
  apiV1TeamsTeamIdRenameTeam,
} from '@/client';
import type {
  ApiKeyBody,
  ApiV1StaffListStaffData,
  RoleBody,
  RoleChange,
  StaffBody,
  StaffChange,
} from '@/client/types.gen';
import { api, ask } from './api';

export type {
  ApiKeyMade,
  ApiKeyView as ApiKey,
  Invitation,
  MembershipEntry as Membership,
  RoleBody,
  RoleGrant,
  RoleView as Role,
  SessionView as SignedIn,
  StaffBody,
  StaffView as Colleague,
} from '@/client/types.gen';

export type StaffQuery = NonNullable<ApiV1StaffListStaffData['query']>;

const one = (staff_id: string) => ({ path: { staff_id } });

export const people = {
  list: (query: StaffQuery) => ask(apiV1StaffListStaff({ query })),
  invite: (body: StaffBody) => ask(apiV1StaffCreateStaff({ body })),
  change: (id: string, body: StaffChange) => ask(apiV1StaffStaffIdChangeStaff({ ...one(id), body })),
  deactivate: (id: string) => ask(apiV1StaffStaffIdDeactivateDeactivateStaff(one(id))),
  reactivate: (id: string) => ask(apiV1StaffStaffIdReactivateReactivateStaff(one(id))),
  renewInvitation: (id: string) => ask(apiV1StaffStaffIdInvitationRenewInvitation(one(id))),
  roles: () => ask(apiV1RolesListRoles()),
  makeRole: (body: RoleBody) => ask(apiV1RolesCreateRole({ body })),
  changeRole: (role_id: string, body: RoleChange) => ask(apiV1RolesRoleIdChangeRole({ path: { role_id }, body })),
  deleteRole: (role_id: string) => ask(apiV1RolesRoleIdDeleteRole({ path: { role_id } })),
  addDepartment: (code: string, name: string) => ask(apiV1DepartmentsCreateDepartment({ body: { code, name } })),
  renameDepartment: (department_id: string, name: string) =>
    ask(apiV1DepartmentsDepartmentIdRenameDepartment({ path: { department_id }, body: { name } })),
  addTeam: (department_id: string, name: string) =>
    ask(apiV1DepartmentsDepartmentIdTeamsCreateTeam({ path: { department_id }, body: { name } })),
  renameTeam: (team_id: string, name: string) => ask(apiV1TeamsTeamIdRenameTeam({ path: { team_id }, body: { name } })),

  invited: (token: string) => ask(apiV1AuthInvitationHolderReadInvitation({ body: { token } })),
  accept: (token: string, password: string) => ask(apiV1AuthInvitationAcceptInvitation({ body: { token, password } })),

  changePassword: (current_password: string, new_password: string) =>
    ask(apiV1AuthPasswordChangePassword({ body: { current_password, new_password } })),
  sessions: () => ask(apiV1AuthSessionsListSessions()),
  endSession: (session_id: string) => ask(apiV1AuthSessionsSessionIdEndSession({ path: { session_id } })),
  endOtherSessions: () => ask(apiV1AuthSessionsEndOtherSessions()),

  keys: () => ask(apiV1ApiKeysListApiKeys()),
  makeKey: (body: ApiKeyBody) => ask(apiV1ApiKeysCreateApiKey({ body })),
  revokeKey: (key_id: string) => ask(apiV1ApiKeysKeyIdRevokeApiKey({ path: { key_id } })),
};

export const STAFF = 'staff';
export const DEPARTMENTS = ['departments'];
export const ROLES = ['roles'];
export const useRoles = () => useQuery({ queryKey: ROLES, queryFn: people.roles });
export const useDepartments = () => useQuery({ queryKey: DEPARTMENTS, queryFn: api.departments });

/** Where somebody who is invited chooses their password. Behind #, so that no server writes the token down. */
export const invitationLink = (token: string) => `${window.location.origin}/desk/invitation#${token}`;
