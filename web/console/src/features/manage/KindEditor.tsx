import { Checkbox, Input, Select } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Department } from '@/shared/api';
import { Field } from '@/shared/Field';
import {
  type CheckItem,
  type FieldType,
  type KindField,
  type Template,
  TICKET_KINDS,
  type TicketKind,
  type TicketState,
  tickets,
} from '@/shared/tickets';
import { Editor } from './Editor';
import { isWhole, type KindDraft, newField, newState, withoutState } from './kinds';
import { Lines } from './Lines';
import styles from './manage.module.css';

const CATEGORIES: TicketState['category'][] = ['open', 'waiting', 'resolved', 'closed'];
const TYPES: FieldType[] = ['text', 'number', 'date', 'choice', 'checkbox'];
const LEVELS = [1, 2, 3, 4, 5] as const;

interface Props {
  id: string | null;
  kept: KindDraft;
  departments: Department[];
  onChanged: (changed: boolean) => void;
  onSaved: (kind: TicketKind) => void;
}

function save(id: string | null, { code, version, ...draft }: KindDraft): Promise<TicketKind> {
  return id ? tickets.changeKind(id, { ...draft, version }) : tickets.createKind({ ...draft, code });
}

export function KindEditor({ id, kept, departments, onChanged, onSaved }: Props) {
  const { t } = useTranslation();
  const [draft, setDraft] = useState(kept);
  const change = (changes: Partial<KindDraft>) => {
    setDraft({ ...draft, ...changes });
    onChanged(true);
  };
  return (
    <Editor
      id={id}
      name={draft.name}
      heading={id ? kept.name : t('kinds.new')}
      queryKey={TICKET_KINDS}
      whole={isWhole(draft)}
      save={() => save(id, draft)}
      onSaved={onSaved}
    >
      <div className={styles.row}>
        <Field label={t('kinds.name')}>
          <Input value={draft.name} maxLength={60} onChange={(event) => change({ name: event.target.value })} />
        </Field>
        <Field label={t('kinds.code')} hint={id ? undefined : t('kinds.codeHint')}>
          <Input
            value={draft.code}
            maxLength={40}
            disabled={id !== null}
            onChange={(event) => change({ code: event.target.value })}
          />
        </Field>
      </div>
      <div className={styles.row}>
        <Field label={t('kinds.department')}>
          <Select
            value={draft.department_id}
            onChange={(department_id) => change({ department_id })}
            aria-label={t('kinds.department')}
            options={departments.map((one) => ({ value: one.id, label: one.name }))}
          />
        </Field>
        <Field label={t('kinds.level')}>
          <Select
            value={draft.level}
            onChange={(level) => change({ level })}
            aria-label={t('kinds.level')}
            options={LEVELS.map((value) => ({ value: value as number, label: t(`levelLong.${value}`) }))}
          />
        </Field>
      </div>
      <Lines
        title={t('kinds.states')}
        hint={t('kinds.statesHint')}
        items={draft.states}
        most={20}
        nameOf={({ name }, at) => name || t('kinds.stateNo', { number: at + 1 })}
        blank={() => newState(draft.states)}
        onChange={(states) => change({ states })}
        onRemove={({ code }) => change({ states: withoutState(draft.states, code) })}
      >
        {(state, set) => <StateFields state={state} states={draft.states} onChange={set} />}
      </Lines>
      <Lines
        title={t('kinds.fields')}
        items={draft.fields}
        most={40}
        nameOf={({ name }, at) => name || t('kinds.fieldNo', { number: at + 1 })}
        blank={() => newField(draft.fields)}
        onChange={(fields) => change({ fields })}
      >
        {(field, set) => <FieldFields field={field} onChange={set} />}
      </Lines>
      <Lines
        title={t('kinds.checklist')}
        items={draft.checklist}
        most={50}
        nameOf={({ text }, at) => text || t('kinds.checkNo', { number: at + 1 })}
        blank={(): CheckItem => ({ text: '', done: false, required: false })}
        onChange={(checklist) => change({ checklist })}
      >
        {(item, set) => (
          <div className={styles.row}>
            <Input
              value={item.text}
              maxLength={200}
              aria-label={t('kinds.checkText')}
              onChange={(event) => set({ text: event.target.value })}
            />
            <Required on={item.required ?? false} onChange={(required) => set({ required })} />
          </div>
        )}
      </Lines>
      <Lines
        title={t('kinds.templates')}
        items={draft.templates}
        most={20}
        nameOf={({ name }, at) => name || t('kinds.templateNo', { number: at + 1 })}
        blank={(): Template => ({ name: '', title: '', description: '', level: null, fields: {} })}
        onChange={(templates) => change({ templates })}
      >
        {(template, set) => <TemplateFields template={template} onChange={set} />}
      </Lines>
      {id && (
        <Checkbox checked={draft.archived} onChange={(event) => change({ archived: event.target.checked })}>
          {t('kinds.archived')}
        </Checkbox>
      )}
    </Editor>
  );
}

function Required({ on, onChange }: { on: boolean; onChange: (on: boolean) => void }) {
  const { t } = useTranslation();
  return (
    <Checkbox checked={on} onChange={(event) => onChange(event.target.checked)}>
      {t('kinds.required')}
    </Checkbox>
  );
}

interface StateProps {
  state: TicketState;
  states: TicketState[];
  onChange: (changes: Partial<TicketState>) => void;
}

function StateFields({ state, states, onChange }: StateProps) {
  const { t } = useTranslation();
  const others = states.filter(({ code }) => code !== state.code);
  return (
    <>
      <div className={styles.row}>
        <Field label={t('kinds.name')}>
          <Input value={state.name} maxLength={60} onChange={(event) => onChange({ name: event.target.value })} />
        </Field>
        <Field label={t('kinds.category')}>
          <Select
            value={state.category}
            onChange={(category) => onChange({ category })}
            aria-label={t('kinds.category')}
            options={CATEGORIES.map((value) => ({ value, label: t(`kinds.category_${value}`) }))}
          />
        </Field>
      </div>
      <Field label={t('kinds.next')}>
        <Select
          mode="multiple"
          value={state.next}
          onChange={(next) => onChange({ next })}
          placeholder={t('kinds.nextAny')}
          aria-label={t('kinds.next')}
          options={others.map(({ code, name }) => ({ value: code, label: name || code }))}
        />
      </Field>
      <Field label={t('kinds.customerText')} hint={t('kinds.customerTextHint')}>
        <Input.TextArea
          value={state.customer_text}
          maxLength={300}
          autoSize={{ minRows: 1, maxRows: 4 }}
          placeholder={t('kinds.customerTextNone')}
          onChange={(event) => onChange({ customer_text: event.target.value })}
        />
      </Field>
      <Field label={t('kinds.customerTextEn')} hint={t('kinds.customerTextEnHint')}>
        <Input.TextArea
          value={state.customer_text_en}
          maxLength={300}
          autoSize={{ minRows: 1, maxRows: 4 }}
          onChange={(event) => onChange({ customer_text_en: event.target.value })}
        />
      </Field>
    </>
  );
}

function FieldFields({ field, onChange }: { field: KindField; onChange: (changes: Partial<KindField>) => void }) {
  const { t } = useTranslation();
  return (
    <>
      <div className={styles.row}>
        <Field label={t('kinds.name')}>
          <Input value={field.name} maxLength={60} onChange={(event) => onChange({ name: event.target.value })} />
        </Field>
        <Field label={t('kinds.type')}>
          <Select
            value={field.type}
            onChange={(type) => onChange({ type, options: type === 'choice' ? field.options : [] })}
            aria-label={t('kinds.type')}
            options={TYPES.map((value) => ({ value, label: t(`kinds.type_${value}`) }))}
          />
        </Field>
      </div>
      {field.type === 'choice' && (
        <Field label={t('kinds.options')} hint={t('kinds.optionsHint')}>
          <Select
            mode="tags"
            value={field.options}
            onChange={(options) => onChange({ options })}
            open={false}
            suffixIcon={null}
            tokenSeparators={[',', '，', '、']}
            aria-label={t('kinds.options')}
          />
        </Field>
      )}
      <Required on={field.required ?? false} onChange={(required) => onChange({ required })} />
    </>
  );
}

function TemplateFields({
  template,
  onChange,
}: {
  template: Template;
  onChange: (changes: Partial<Template>) => void;
}) {
  const { t } = useTranslation();
  return (
    <>
      <div className={styles.row}>
        <Field label={t('kinds.templateName')}>
          <Input value={template.name} maxLength={60} onChange={(event) => onChange({ name: event.target.value })} />
        </Field>
        <Field label={t('kinds.templateTitle')}>
          <Input value={template.title} maxLength={120} onChange={(event) => onChange({ title: event.target.value })} />
        </Field>
      </div>
      <Field label={t('kinds.templateText')}>
        <Input.TextArea
          value={template.description}
          maxLength={8000}
          autoSize={{ minRows: 2, maxRows: 8 }}
          onChange={(event) => onChange({ description: event.target.value })}
        />
      </Field>
    </>
  );
}
