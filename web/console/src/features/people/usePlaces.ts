/** Roles and memberships of colleagues in words. */
import { useTranslation } from 'react-i18next';
import { type RoleGrant, useDepartments, useRoles } from '@/shared/people';
import { placeKey, placeName } from './drafts';
import { roleName } from './permissions';

type Place = Parameters<typeof placeKey>[0];

export interface Places {
  rolesOf: (grants: readonly RoleGrant[]) => string;
  placesOf: (places: readonly Place[]) => string;
  /** A department or a team by its id alone. */
  placeById: (id: string) => string | undefined;
}

/** A place that is not known, or no more, is told by the end of its id. */
export function usePlaces(): Places {
  const { t } = useTranslation();
  const roles = useRoles();
  const departments = useDepartments();
  const nameOf = (place: Place) => {
    const key = placeKey(place);
    return placeName(departments.data ?? [], key) ?? (key && !departments.isPending ? `…${key.slice(-6)}` : undefined);
  };
  const grantName = (grant: RoleGrant) => {
    const role = roles.data?.find(({ code }) => code === grant.role);
    const name = role ? roleName(role, t) : roles.isPending ? grant.role : t('role.gone', { code: grant.role });
    const place = nameOf(grant);
    return place ? `${name} @ ${place}` : name;
  };
  const list = (names: (string | undefined)[]) => names.filter(Boolean).join(t('people.comma'));
  return {
    rolesOf: (grants) => list(grants.map(grantName)) || t('people.noRole'),
    placesOf: (places) => list(places.map(nameOf)) || t('people.noPlace'),
    placeById: (id) => {
      const known = departments.data ?? [];
      return placeName(known, placeKey({ team_id: id })) ?? placeName(known, placeKey({ department_id: id }));
    },
  };
}
