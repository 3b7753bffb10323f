import { FilterOutlined } from '@ant-design/icons';
import { Badge, Button, Popover, Select } from 'antd';
import { useTranslation } from 'react-i18next';
import { useMe } from '@/shared/session';
import { CATEGORIES, DUES, filtersIn, LEVELS, NOBODY, SORTS, UNFILTERED, type Wanted } from './filters';
import styles from './tickets.module.css';
import { useKnown } from './useKnown';

interface Props {
  wanted: Wanted;
  onWanted: (changes: Partial<Wanted>) => void;
}

/** The three questions asked most, at one click, and everything else behind a button. */
export function Filters({ wanted, onWanted }: Props) {
  const { t } = useTranslation();
  const me = useMe().staff.id;
  const chosen = filtersIn(wanted).length;
  const quick = [
    { name: t('tickets.mine'), on: wanted.owner === me, change: { owner: wanted.owner === me ? undefined : me } },
    {
      name: t('tickets.watching'),
      on: wanted.watched === true,
      change: { watched: wanted.watched ? undefined : true },
    },
    {
      name: t('tickets.due_overdue'),
      on: wanted.due === 'overdue',
      change: { due: wanted.due === 'overdue' ? undefined : 'overdue' },
    },
  ] as const;
  return (
    <>
      <div className={styles.quick}>
        {quick.map(({ name, on, change }) => (
          <button key={name} type="button" className={styles.chip} aria-pressed={on} onClick={() => onWanted(change)}>
            {name}
          </button>
        ))}
      </div>
      <Popover
        content={<Form wanted={wanted} onWanted={onWanted} />}
        trigger="click"
        placement="bottomLeft"
        destroyOnHidden
      >
        <Badge count={chosen} size="small">
          <Button icon={<FilterOutlined aria-hidden />}>{t('tickets.filters')}</Button>
        </Badge>
      </Popover>
    </>
  );
}

function Form({ wanted, onWanted }: Props) {
  const { t } = useTranslation();
  const { kinds, departments, people, labels } = useKnown();
  const field = <Name extends keyof Wanted>(
    name: Name,
    label: string,
    options: { value: NonNullable<Wanted[Name]>; label: string }[],
  ) => (
    <label htmlFor={`tickets-${name}`} key={name}>
      {label}
      <Select
        id={`tickets-${name}`}
        value={wanted[name] as NonNullable<Wanted[Name]> | undefined}
        onChange={(value) => onWanted({ [name]: value })}
        allowClear={name !== 'sort'}
        showSearch={options.length > 8 ? { optionFilterProp: 'label' } : false}
        placeholder={t('tickets.any')}
        options={options}
      />
    </label>
  );
  const named = (items: { id: string; name: string }[]) => items.map(({ id, name }) => ({ value: id, label: name }));
  return (
    <div className={styles.filters}>
      {field('kind', t('tickets.kind'), named(kinds))}
      {field('department', t('tickets.department'), named(departments))}
      {field('owner', t('tickets.owner'), [{ value: NOBODY, label: t('tickets.nobody') }, ...people])}
      {field(
        'level',
        t('tickets.level'),
        LEVELS.map((value) => ({ value, label: t(`levelLong.${value}`) })),
      )}
      {field(
        'category',
        t('tickets.category'),
        CATEGORIES.map((value) => ({ value, label: t(`tickets.category_${value}`) })),
      )}
      {field(
        'due',
        t('tickets.due'),
        DUES.map((value) => ({ value, label: t(`tickets.due_${value}`) })),
      )}
      {field('label', t('tickets.labels'), named(labels))}
      {field(
        'sort',
        t('tickets.sort'),
        SORTS.map((value) => ({ value, label: t(`tickets.sort_${value}`) })),
      )}
      <div className={styles.filterEnd}>
        <Button disabled={filtersIn(wanted).length === 0} onClick={() => onWanted(UNFILTERED)}>
          {t('tickets.clear')}
        </Button>
      </div>
    </div>
  );
}
