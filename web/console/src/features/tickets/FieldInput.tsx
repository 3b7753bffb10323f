import { Checkbox, Input, InputNumber, Select } from 'antd';
import { useTranslation } from 'react-i18next';
import type { FieldValue, KindField } from '@/shared/tickets';

interface Props {
  id: string;
  field: KindField;
  value: FieldValue | undefined;
  disabled?: boolean;
  onChange: (value: FieldValue) => void;
}

/** Where a custom field is filled in, by its type. */
export function FieldInput({ id, field, value, disabled, onChange }: Props) {
  const { t } = useTranslation();
  switch (field.type) {
    case 'checkbox':
      return (
        <Checkbox
          id={id}
          checked={value === true}
          disabled={disabled}
          onChange={(event) => onChange(event.target.checked)}
        >
          {t('tickets.yes')}
        </Checkbox>
      );
    case 'choice':
      return (
        <Select
          id={id}
          value={(value as string | null) || null}
          disabled={disabled}
          onChange={(chosen: string | null | undefined) => onChange(chosen ?? null)}
          options={field.options?.map((option) => ({ value: option, label: option }))}
          placeholder={t('tickets.unset')}
          allowClear={!field.required}
        />
      );
    case 'number':
      return (
        <InputNumber
          id={id}
          value={value as number | null}
          disabled={disabled}
          onChange={(typed) => onChange(typed === null ? null : Number(typed))}
          style={{ width: '100%' }}
        />
      );
    default:
      return (
        <Input
          id={id}
          type={field.type === 'date' ? 'date' : 'text'}
          value={(value as string | null) ?? ''}
          disabled={disabled}
          maxLength={500}
          onChange={(event) => onChange(event.target.value || null)}
        />
      );
  }
}
