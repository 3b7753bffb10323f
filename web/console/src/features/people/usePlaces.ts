/** Roles and memberships of colleagues in words. */
import { useTranslation } from 'react-i18next';
import { type Membership, type RoleGrant, useDepartments, useRoles } from '@/shared/people';
import { placeKey, placeName } from './drafts';
import { roleName } from './permissions';

export function usePlaces() {
  const { t } = useTranslation();
  const roles = useRoles();
  const departments = useDepartments();
  const nameOf = (place: Parameters<typeof placeKey>[0]) => placeName(departments.data ?? [], placeKey(place));
  const grantName = (grant: RoleGrant) => {
    const role = roles.data?.find(({ code }) => code === grant.role);
    const name = role ? roleName(role, t) : grant.role;
    const place = nameOf(grant);
    return place ? `${name} @ ${place}` : name;
  };
  const list = (names: (string | undefined)[]) => names.filter(Boolean).join(t('people.comma'));
  return {
    rolesOf: (grants: readonly RoleGrant[]) => list(grants.map(grantName)) || t('people.noRole'),
    placesOf: (memberships: readonly Membership[]) => list(memberships.map(nameOf)) || t('people.noPlace'),
  };
}
