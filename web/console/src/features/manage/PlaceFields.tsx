import { useQuery } from '@tanstack/react-query';
import { Segmented, Select } from 'antd';
import { useTranslation } from 'react-i18next';
import { api, type Scope } from '@/shared/api';
import { Field } from '@/shared/Field';
import fieldStyles from '@/shared/field.module.css';
import { useMay, useMe } from '@/shared/session';
import styles from './manage.module.css';

export interface Placed {
  scope?: Scope;
  team_id?: string | null;
}

export const SCOPES = ['personal', 'team', 'shared'] as const;

/** Whether one may change what is kept there. */
export function useMayEdit(): (placed: Placed) => boolean {
  const keeps = useMay('knowledge.edit');
  return ({ scope }) => keeps || scope === 'personal';
}

/** Names of teams by id: all, for those who keep texts for them; else one's own. */
export function useTeams(): Map<string, string> {
  const me = useMe();
  const keeps = useMay('knowledge.edit') && me.permissions.includes('staff.read');
  const departments = useQuery({ queryKey: ['departments'], queryFn: api.departments, enabled: keeps });
  const all = departments.data?.flatMap(({ teams }) => teams) ?? me.staff.teams;
  return new Map(all.map(({ id, name }) => [id, name]));
}

/** For whom something is kept. Who keeps texts for others chooses; for everybody else it is their own. */
export function PlaceFields({ placed, onChange }: { placed: Placed; onChange: (placed: Placed) => void }) {
  const { t } = useTranslation();
  const keeps = useMay('knowledge.edit');
  const teams = useTeams();
  if (!keeps) return null;
  const choose = (scope: Scope) => {
    const [first] = teams.keys();
    onChange({ scope, team_id: scope === 'team' ? (placed.team_id ?? first ?? null) : null });
  };
  return (
    <div className={styles.row}>
      <fieldset className={fieldStyles.field}>
        <legend>{t('manage.scope')}</legend>
        <Segmented
          value={placed.scope}
          onChange={choose}
          options={SCOPES.map((value) => ({ value, label: t(`manage.scope_${value}`) }))}
        />
      </fieldset>
      {placed.scope === 'team' && (
        <Field label={t('manage.team')}>
          <Select
            value={placed.team_id}
            onChange={(team_id) => onChange({ scope: 'team', team_id })}
            options={[...teams].map(([value, label]) => ({ value, label }))}
          />
        </Field>
      )}
    </div>
  );
}
