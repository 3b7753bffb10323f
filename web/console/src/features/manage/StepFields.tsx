import { ArrowDownOutlined, ArrowUpOutlined, CloseOutlined } from '@ant-design/icons';
import { Button, InputNumber, Select } from 'antd';
import { useTranslation } from 'react-i18next';
import { Field } from '@/shared/Field';
import { type Action, inMinutes, inUnits, type Unit } from '@/shared/macros';
import styles from './manage.module.css';
import { retyped, TYPES } from './steps';
import { LANGUAGES, TextField } from './TextField';

const UNITS = ['minutes', 'hours', 'days'] as const;
/** A month. */
const LONGEST = 31 * 1440;

interface Props {
  number: number;
  last: boolean;
  action: Action;
  names: Map<string, string>;
  onChange: (action: Action) => void;
  onMove: (by: 1 | -1) => void;
  onRemove: () => void;
}

/** One step of a macro. */
export function StepFields({ number, last, action, names, onChange, onMove, onRemove }: Props) {
  const { t } = useTranslation();
  const step = t('manage.step', { number });
  return (
    <li className={styles.step} aria-label={step}>
      <div className={styles.stepTop}>
        <Select
          className={styles.kind}
          value={action.type}
          onChange={(type) => onChange(retyped(action, type))}
          aria-label={step}
          options={TYPES.map((value) => ({ value, label: t(`manage.type_${value}`) }))}
        />
        {'text' in action && (
          <Select
            value={action.language ?? 'zh'}
            onChange={(language) => onChange({ ...action, language })}
            aria-label={`${step} ${t('manage.language')}`}
            options={LANGUAGES}
          />
        )}
        <Button
          type="text"
          icon={<ArrowUpOutlined aria-hidden />}
          aria-label={`${step} ${t('manage.up')}`}
          disabled={number === 1}
          onClick={() => onMove(-1)}
        />
        <Button
          type="text"
          icon={<ArrowDownOutlined aria-hidden />}
          aria-label={`${step} ${t('manage.down')}`}
          disabled={last}
          onClick={() => onMove(1)}
        />
        <Button
          type="text"
          icon={<CloseOutlined aria-hidden />}
          aria-label={`${step} ${t('manage.remove')}`}
          onClick={onRemove}
        />
      </div>
      {'text' in action && (
        <TextField
          label={t('manage.text')}
          text={action.text}
          language={action.language ?? 'zh'}
          onChange={(text) => onChange({ ...action, text })}
        />
      )}
      {action.type === 'assign' && (
        <Field label={t('manage.colleague')}>
          <Select
            showSearch={{ optionFilterProp: 'label' }}
            value={action.staff_id || undefined}
            onChange={(staff_id) => onChange({ ...action, staff_id })}
            options={[...names].map(([value, label]) => ({ value, label }))}
          />
        </Field>
      )}
      {action.type === 'snooze' && (
        <SnoozeFields minutes={action.minutes} onChange={(minutes) => onChange({ ...action, minutes })} />
      )}
    </li>
  );
}

function SnoozeFields({ minutes, onChange }: { minutes: number; onChange: (minutes: number) => void }) {
  const { t } = useTranslation();
  const { count, unit } = inUnits(minutes);
  const to = (next: number, as: Unit) => onChange(Math.min(LONGEST, inMinutes(next, as)));
  return (
    <div className={styles.row}>
      <Field label={t('manage.after')}>
        <InputNumber min={1} max={LONGEST} precision={0} value={count} onChange={(value) => to(value ?? 0, unit)} />
      </Field>
      <Field label={t('manage.unit')}>
        <Select
          value={unit}
          onChange={(as) => to(count, as)}
          options={UNITS.map((value) => ({ value, label: t(`manage.unit_${value}`) }))}
        />
      </Field>
    </div>
  );
}
