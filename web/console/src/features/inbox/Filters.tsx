import { FilterOutlined } from '@ant-design/icons';
import { useQuery } from '@tanstack/react-query';
import { Badge, Button, Popover, Select } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { api } from '@/shared/api';
import { INTENTS, intentName } from '@/shared/intents';
import { usePreferences } from '@/shared/preferences';
import { useMay, useMe } from '@/shared/session';
import { CHANNELS, LEVELS, SORTS, STATES } from './filters';
import styles from './inbox.module.css';
import { filtersIn, UNFILTERED, type Wanted } from './list';
import { SaveView } from './SaveView';

interface Props {
  wanted: Wanted;
  onWanted: (changes: Partial<Wanted>) => void;
}

/** What narrows the list down, and its order. */
export function Filters(props: Props) {
  const { t } = useTranslation();
  const [open, setOpen] = useState(false);
  const chosen = filtersIn(props.wanted).length;
  return (
    <Popover
      content={<Form {...props} onSaved={() => setOpen(false)} />}
      trigger="click"
      placement="bottomRight"
      open={open}
      onOpenChange={setOpen}
      destroyOnHidden
    >
      <Badge count={chosen} size="small">
        <Button icon={<FilterOutlined aria-hidden />} aria-label={t('list.filters')} />
      </Badge>
    </Popover>
  );
}

function Form({ wanted, onWanted, onSaved }: Props & { onSaved: () => void }) {
  const { t } = useTranslation();
  const { locale } = usePreferences();
  const { shops, teams, people } = useChoices();
  const field = <Name extends keyof Wanted>(
    name: Name,
    label: string,
    options: { value: NonNullable<Wanted[Name]>; label: string }[],
  ) => (
    <label htmlFor={`list-${name}`} key={name}>
      {label}
      <Select
        id={`list-${name}`}
        value={wanted[name] as NonNullable<Wanted[Name]> | undefined}
        onChange={(value) => onWanted({ [name]: value })}
        allowClear={name !== 'sort'}
        showSearch={options.length > 8 ? { optionFilterProp: 'label' } : false}
        placeholder={t('list.any')}
        options={options}
      />
    </label>
  );
  return (
    <div className={styles.filters}>
      {field(
        'sort',
        t('sort.label'),
        SORTS.map((value) => ({ value, label: t(`sort.${value}`) })),
      )}
      {field(
        'state',
        t('list.state'),
        STATES.map((value) => ({ value, label: t(`state.${value}`) })),
      )}
      {field(
        'level',
        t('list.level'),
        LEVELS.map((value) => ({ value, label: t(`levelLong.${value}`) })),
      )}
      {field(
        'intent',
        t('list.intent'),
        INTENTS.map(({ code }) => ({ value: code, label: intentName(code, locale) })),
      )}
      {field(
        'channel',
        t('list.channel'),
        CHANNELS.map((value) => ({ value, label: t(`channel.${value}`) })),
      )}
      {field('shop', t('list.shop'), shops)}
      {field('team_id', t('list.team'), teams)}
      {field('assignee_id', t('list.agent'), people)}
      <div className={styles.filterEnd}>
        <Button disabled={filtersIn(wanted).length === 0} onClick={() => onWanted(UNFILTERED)}>
          {t('list.clear')}
        </Button>
        <SaveView wanted={wanted} onSaved={onSaved} />
      </div>
    </div>
  );
}

/** Shops, teams and colleagues to choose from; colleagues and teams only for whoever may know them. */
function useChoices() {
  const { t } = useTranslation();
  const me = useMe().staff.id;
  const seesStaff = useMay('staff.read');
  const shops = useQuery({ queryKey: ['shops'], queryFn: api.shops });
  const departments = useQuery({ queryKey: ['departments'], queryFn: api.departments, enabled: seesStaff });
  const colleagues = useQuery({ queryKey: ['colleagues'], queryFn: api.colleagues, enabled: seesStaff });
  return {
    shops: (shops.data ?? []).map(({ shop, name }) => ({ value: shop, label: name })),
    teams: (departments.data ?? []).flatMap((department) =>
      department.teams.map((team) => ({ value: team.id, label: `${department.name} / ${team.name}` })),
    ),
    people: (colleagues.data?.items ?? []).map((person) => ({
      value: person.id,
      label: person.id === me ? t('list.myself', { name: person.display_name }) : person.display_name,
    })),
  };
}
