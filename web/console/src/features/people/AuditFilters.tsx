import { useQuery } from '@tanstack/react-query';
import { Button, Input, Select } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { KINDS } from '@/i18n/pages/audit';
import type { AuditQuery } from '@/shared/audit';
import { Field } from '@/shared/Field';
import { people, STAFF } from '@/shared/people';
import styles from './people.module.css';
import { kindName } from './trail';
import { useSettled } from './useSettled';

/** Everything by which entries are looked for. `actor_name`: what somebody chosen is called. */
export interface Wanted extends AuditQuery {
  actor_name?: string;
}

export const ALL_ENTRIES: Wanted = {};

interface Props {
  wanted: Wanted;
  onChange: (wanted: Wanted) => void;
}

/** Whose entries, about what, of which days. */
export function AuditFilters({ wanted, onChange }: Props) {
  const { t } = useTranslation();
  const [words, setWords] = useState('');
  const query = { q: useSettled(words), limit: 20 };
  const found = useQuery({ queryKey: [STAFF, 'choose', query], queryFn: () => people.list(query) });
  const persons = new Map(found.data?.items.map(({ id, display_name }) => [id, display_name]));
  if (wanted.actor_id) persons.set(wanted.actor_id, wanted.actor_name ?? wanted.actor_id);
  const put = (part: Wanted) => onChange({ ...wanted, ...part });
  return (
    <search className={styles.filters}>
      <Field label={t('audit.person')}>
        <Select
          value={wanted.actor_id ?? null}
          allowClear
          placeholder={t('audit.anyone')}
          showSearch={{ filterOption: false, onSearch: setWords }}
          loading={found.isFetching}
          options={[...persons].map(([value, label]) => ({ value, label }))}
          onChange={(id: string | null) =>
            put({ actor_id: id ?? undefined, actor_name: id ? persons.get(id) : undefined })
          }
        />
      </Field>
      <Field label={t('audit.object')}>
        <Select
          value={wanted.object_kind ?? null}
          allowClear
          placeholder={t('audit.anything')}
          showSearch={{ optionFilterProp: 'label' }}
          options={KINDS.map((value) => ({ value, label: kindName(value, t) }))}
          onChange={(kind: string | null) => put({ object_kind: kind ?? undefined, object_id: undefined })}
        />
      </Field>
      <Field label={t('audit.objectId')}>
        <Input
          value={wanted.object_id ?? ''}
          maxLength={200}
          allowClear
          spellCheck={false}
          onChange={(event) => put({ object_id: event.target.value.trim() || undefined })}
        />
      </Field>
      <Field label={t('audit.since')}>
        <Input
          type="date"
          value={wanted.since ?? ''}
          max={wanted.until ?? undefined}
          onChange={(event) => put({ since: event.target.value || undefined })}
        />
      </Field>
      <Field label={t('audit.until')}>
        <Input
          type="date"
          value={wanted.until ?? ''}
          min={wanted.since ?? undefined}
          onChange={(event) => put({ until: event.target.value || undefined })}
        />
      </Field>
      <Button onClick={() => onChange(ALL_ENTRIES)}>{t('audit.reset')}</Button>
    </search>
  );
}
