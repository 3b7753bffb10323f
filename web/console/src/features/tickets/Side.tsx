import { Button, Select } from 'antd';
import { type ReactNode, useId, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { LabelChip } from '@/shared/LabelChip';
import { useMe } from '@/shared/session';
import { dayAndTime } from '@/shared/time';
import { Due } from './Due';
import styles from './detail.module.css';
import { FieldInput } from './FieldInput';
import type { Values } from './fields';
import { LEVELS } from './filters';
import { Part } from './Part';
import { isDone } from './states';
import { useKnown } from './useKnown';
import type { Editing } from './useTicket';

/** Who has a ticket, until when, and what its kind asks for. */
export function Side({ editing }: { editing: Editing }) {
  return (
    <>
      <People editing={editing} />
      <Fields editing={editing} />
    </>
  );
}

function People({ editing }: { editing: Editing }) {
  const { t } = useTranslation();
  const known = useKnown();
  const { ticket, watchers, owner_name, customer, may_change } = editing.view;
  const fixed = !may_change || editing.busy;
  return (
    <dl className={styles.facts}>
      <Fact name={t('tickets.owner')}>
        {(id) => (
          <Select
            id={id}
            value={ticket.owner_id}
            disabled={fixed}
            allowClear
            showSearch={{ optionFilterProp: 'label' }}
            placeholder={t('tickets.nobody')}
            onChange={(owner_id: string | undefined) => void editing.change({ owner_id: owner_id ?? null })}
            options={withOne(known.people, ticket.owner_id, owner_name)}
          />
        )}
      </Fact>
      <Fact name={t('tickets.department')}>
        {(id) => (
          <Select
            id={id}
            value={ticket.department_id}
            disabled={fixed}
            onChange={(department_id: string) => void editing.change({ department_id })}
            options={known.departments.map((one) => ({ value: one.id, label: one.name }))}
          />
        )}
      </Fact>
      <Fact name={t('tickets.level')}>
        {(id) => (
          <Select
            id={id}
            value={ticket.level}
            disabled={fixed}
            onChange={(level: number) => void editing.change({ level })}
            options={LEVELS.map((value) => ({ value: value as number, label: t(`levelLong.${value}`) }))}
          />
        )}
      </Fact>
      <Fact name={t('tickets.due')}>
        <Due due={ticket.due_at} done={isDone(ticket)} long />
      </Fact>
      <Fact name={t('tickets.labels')}>
        {(id) =>
          may_change ? (
            <Select
              id={id}
              mode="multiple"
              value={ticket.label_ids}
              disabled={fixed}
              placeholder={t('tickets.unset')}
              onChange={(label_ids: string[]) => void editing.change({ label_ids })}
              options={known.labels.map((one) => ({ value: one.id, label: one.name }))}
            />
          ) : (
            <span className={styles.chips}>
              {known.labels
                .filter((label) => ticket.label_ids.includes(label.id))
                .map((label) => (
                  <LabelChip key={label.id} label={label} />
                ))}
            </span>
          )
        }
      </Fact>
      <Fact name={t('tickets.watchers')}>
        {(id) => <Watchers id={id} editing={editing} names={watchers.map(({ name }) => name)} />}
      </Fact>
      {customer && (
        <Fact name={t('tickets.customer')}>
          {customer.name ?? t('list.visitor', { id: customer.id.slice(-4).toUpperCase() })}
        </Fact>
      )}
      <Fact name={t('tickets.opened')}>
        {`${ticket.opened_by_name || t('tickets.bySystem')} · ${dayAndTime(ticket.created_at)}`}
      </Fact>
    </dl>
  );
}

/** A field, which takes its id from here, or just something to read. */
function Fact({ name, children }: { name: string; children: ReactNode | ((id: string) => ReactNode) }) {
  const id = useId();
  const isField = typeof children === 'function';
  return (
    <div>
      <dt>{isField ? <label htmlFor={id}>{name}</label> : name}</dt>
      <dd>{isField ? children(id) : children}</dd>
    </div>
  );
}

/** Whoever is chosen, also where the list does not have them any more. */
function withOne(people: { value: string; label: string }[], id: string | null, name: string | null) {
  if (!id || people.some(({ value }) => value === id)) return people;
  return [{ value: id, label: name ?? id }, ...people];
}

function Watchers({ id, editing, names }: { id: string; editing: Editing; names: string[] }) {
  const { t } = useTranslation();
  const me = useMe().staff.id;
  const { people } = useKnown();
  const { ticket, may_change } = editing.view;
  const watching = ticket.watcher_ids.includes(me);
  return (
    <span className={styles.watchers}>
      {may_change ? (
        <Select
          id={id}
          mode="multiple"
          value={ticket.watcher_ids}
          disabled={editing.busy}
          placeholder={t('tickets.unset')}
          showSearch={{ optionFilterProp: 'label' }}
          onChange={(watcher_ids: string[]) => void editing.setWatchers(watcher_ids)}
          options={people}
        />
      ) : (
        <span>{names.join('、') || t('tickets.unset')}</span>
      )}
      <Button size="small" disabled={editing.busy} onClick={() => void editing.watch(!watching)}>
        {t(watching ? 'tickets.unwatch' : 'tickets.watch')}
      </Button>
    </span>
  );
}

/** What the kind asks for: written down together, so that nobody sees half of it. */
function Fields({ editing }: { editing: Editing }) {
  const { t } = useTranslation();
  const form = useId();
  const { kind: kindOf } = useKnown();
  const { ticket, may_change } = editing.view;
  const [draft, setDraft] = useState<Values>({});
  const fields = kindOf(ticket.kind_id)?.fields ?? [];
  const changed = Object.entries(draft).some(([code, value]) => value !== (ticket.fields[code] ?? null));
  if (fields.length === 0) return null;
  const save = async () => {
    if (await editing.change({ fields: draft })) setDraft({});
  };
  return (
    <Part title={t('tickets.fields')}>
      <form
        className={styles.fieldForm}
        onSubmit={(event) => {
          event.preventDefault();
          void save();
        }}
      >
        {fields.map((field) => (
          <div key={field.code}>
            <label htmlFor={`${form}-${field.code}`}>
              {field.name}
              {field.required && <em title={t('tickets.requiredToResolve')}> *</em>}
            </label>
            <FieldInput
              id={`${form}-${field.code}`}
              field={field}
              value={field.code in draft ? draft[field.code] : ticket.fields[field.code]}
              disabled={!may_change}
              onChange={(value) => setDraft({ ...draft, [field.code]: value })}
            />
          </div>
        ))}
        {changed && (
          <span className={styles.formEnd}>
            <Button size="small" onClick={() => setDraft({})}>
              {t('tickets.cancel')}
            </Button>
            <Button size="small" type="primary" htmlType="submit" loading={editing.busy}>
              {t('tickets.save')}
            </Button>
          </span>
        )}
      </form>
    </Part>
  );
}
