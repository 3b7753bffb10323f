import { CloseOutlined } from '@ant-design/icons';
import { Button, Input, InputNumber, Segmented, Select } from 'antd';
import { useTranslation } from 'react-i18next';
import type { Conditions } from '@/shared/api';
import { INTENTS } from '@/shared/intents';
import { type ConditionName, kindOf } from './table';
import styles from './triage.module.css';
import { useWords } from './useTriage';

const GROUPS = [...new Set(INTENTS.map(({ code }) => `${code.split('.')[0]}.*`))].filter(
  (group) => group !== 'other.*',
);
const CHOICES: Partial<Record<ConditionName, string[]>> = {
  intents: [...GROUPS, ...INTENTS.map(({ code }) => code)],
  not_intents: [...GROUPS, ...INTENTS.map(({ code }) => code)],
  emotions: ['calm', 'confused', 'anxious', 'disappointed', 'angry'],
  segments: ['new', 'regular', 'high_value', 'at_risk'],
};

interface Props {
  name: ConditionName;
  when: Conditions;
  onChange: (changed: Conditions) => void;
  onRemove: () => void;
}

/** A condition with the field that fits what it asks for. */
export function ConditionField({ name, when, onChange, onRemove }: Props) {
  const { t } = useTranslation();
  const label = t(`triage.condition_${name}`);
  return (
    <fieldset className={styles.condition}>
      <legend>{label}</legend>
      <Value name={name} when={when} label={label} onChange={onChange} />
      <Button
        type="text"
        size="small"
        icon={<CloseOutlined aria-hidden />}
        aria-label={t('triage.removeCondition', { name: label })}
        onClick={onRemove}
      />
    </fieldset>
  );
}

function Value({ name, when, label, onChange }: Omit<Props, 'onRemove'> & { label: string }) {
  const { t } = useTranslation();
  const words = useWords();
  const choices = CHOICES[name];
  switch (kindOf(name)) {
    case 'list':
      return (
        <Select
          mode={choices ? 'multiple' : 'tags'}
          className={styles.wide}
          value={(when[name] ?? []) as string[]}
          aria-label={label}
          placeholder={choices ? undefined : t('triage.words')}
          options={choices?.map((value) => ({ value, label: words.value(name, value) }))}
          showSearch={{ optionFilterProp: 'label' }}
          onChange={(chosen: string[]) => onChange({ [name]: chosen })}
        />
      );
    case 'switch':
      return (
        <Segmented
          value={when[name] ? 'yes' : 'no'}
          aria-label={label}
          options={[
            { value: 'yes', label: t('triage.yes') },
            { value: 'no', label: t('triage.no') },
          ]}
          onChange={(value) => onChange({ [name]: value === 'yes' })}
        />
      );
    case 'contacts':
      return <ContactsValue when={when} onChange={onChange} />;
    case 'times':
      return <TimesValue when={when} onChange={onChange} />;
    default:
      return <RangeValue name={name} when={when} label={label} onChange={onChange} />;
  }
}

type Bounds = { min?: number | null; max?: number | null };

function RangeValue({ name, when, label, onChange }: Omit<Props, 'onRemove'> & { label: string }) {
  const { t } = useTranslation();
  const span = (when[name] ?? {}) as Bounds;
  return (
    <>
      {(['min', 'max'] as const).map((end) => (
        <InputNumber
          key={end}
          value={span[end] ?? null}
          placeholder={t(`triage.${end}`)}
          aria-label={`${label} ${t(`triage.${end}`)}`}
          onChange={(value) => onChange({ [name]: { ...span, [end]: value } })}
        />
      ))}
    </>
  );
}

function ContactsValue({ when, onChange }: Pick<Props, 'when' | 'onChange'>) {
  const { t } = useTranslation();
  const { days, min } = when.contacts ?? { days: 7, min: 3 };
  return (
    <>
      <InputNumber
        min={1}
        max={90}
        value={days}
        aria-label={t('triage.days')}
        onChange={(value) => onChange({ contacts: { days: value ?? 7, min } })}
      />
      {t('triage.days')}
      <InputNumber
        min={1}
        max={50}
        value={min}
        aria-label={t('triage.times')}
        onChange={(value) => onChange({ contacts: { days, min: value ?? 1 } })}
      />
      {t('triage.times')}
    </>
  );
}

/** One period; a table may hold more, which stay as they are. */
function TimesValue({ when, onChange }: Pick<Props, 'when' | 'onChange'>) {
  const { t } = useTranslation();
  const [first = { start: '22:00', end: '08:00' }, ...rest] = when.times ?? [];
  return (
    <>
      {(['start', 'end'] as const).map((end) => (
        <Input
          key={end}
          type="time"
          className={styles.clock}
          value={first[end]}
          aria-label={t(`triage.${end}`)}
          onChange={(event) => onChange({ times: [{ ...first, [end]: event.target.value }, ...rest] })}
        />
      ))}
    </>
  );
}
