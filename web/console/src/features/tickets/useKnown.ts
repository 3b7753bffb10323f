/** What tickets refer to by id: kinds, departments, colleagues, labels. */
import { useQuery } from '@tanstack/react-query';
import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { api } from '@/shared/api';
import { LABELS } from '@/shared/queries';
import { useMay, useMe } from '@/shared/session';
import { TICKET_KINDS, tickets } from '@/shared/tickets';

export function useKnown() {
  const { t } = useTranslation();
  const me = useMe().staff.id;
  const mayEdit = useMay('tickets.edit');
  const seesStaff = useMay('staff.read');
  const kinds = useQuery({ queryKey: TICKET_KINDS, queryFn: tickets.kinds });
  const departments = useQuery({ queryKey: ['departments'], queryFn: api.departments, enabled: seesStaff });
  const colleagues = useQuery({ queryKey: ['colleagues'], queryFn: api.colleagues, enabled: seesStaff });
  const labels = useQuery({ queryKey: LABELS, queryFn: api.labels });
  return useMemo(() => {
    const kindsById = new Map(kinds.data?.map((kind) => [kind.id, kind]));
    const departmentNames = new Map(departments.data?.map(({ id, name }) => [id, name]));
    const people = (colleagues.data?.items ?? []).map(({ id, display_name: name }) => ({
      value: id,
      label: id === me ? t('tickets.myself', { name }) : name,
    }));
    const personNames = new Map(people.map(({ value, label }) => [value, label]));
    return {
      mayEdit,
      pending: kinds.isPending,
      /** Of which new ones are opened. */
      kinds: kinds.data?.filter((kind) => !kind.archived) ?? [],
      kind: (id: string | undefined) => (id === undefined ? undefined : kindsById.get(id)),
      departments: departments.data ?? [],
      department: (id: string | null | undefined) => departmentNames.get(id ?? '') ?? '',
      people,
      colleagues: (colleagues.data?.items ?? []).map(({ id, display_name: name }) => ({ id, name })),
      person: (id: string) => personNames.get(id),
      labels: labels.data?.filter((label) => !label.archived) ?? [],
      label: (id: string) => labels.data?.find((label) => label.id === id)?.name,
    };
  }, [t, me, mayEdit, kinds.data, kinds.isPending, departments.data, colleagues.data, labels.data]);
}

export type Known = ReturnType<typeof useKnown>;
