import { useQuery } from '@tanstack/react-query';
import { Input, InputNumber, Select } from 'antd';
import { useTranslation } from 'react-i18next';
import { api } from '@/shared/api';
import type { ChainStep, Edge } from '@/shared/escalations';
import { Field } from '@/shared/Field';
import { INTENTS } from '@/shared/intents';
import { TICKET_KINDS, tickets } from '@/shared/tickets';
import { asKind, KINDS } from './chain';
import { Lines } from './Lines';
import styles from './manage.module.css';
import { GROUPS, useChainWords } from './useChainWords';

const LEVELS = [1, 2, 3, 4, 5] as const;

interface Props {
  step: ChainStep;
  steps: ChainStep[];
  onChange: (changes: Partial<ChainStep>) => void;
}

/** One step: who takes over, how long they have to confirm it, where it goes on. */
export function StepEditor({ step, steps, onChange }: Props) {
  const { t } = useTranslation();
  const others = steps.filter(({ id }) => id !== step.id);
  const nameOf = (id: string) => steps.find((one) => one.id === id)?.title || id;
  return (
    <>
      <div className={styles.row}>
        <Field label={t('chain.title')}>
          <Input value={step.title} maxLength={40} onChange={(event) => onChange({ title: event.target.value })} />
        </Field>
        <Field label={t('chain.kind')}>
          <Select
            value={step.kind}
            onChange={(kind) => onChange(asKind(kind))}
            aria-label={t('chain.kind')}
            options={KINDS.map((value) => ({ value, label: t(`chain.kind_${value}`) }))}
          />
        </Field>
      </div>
      <div className={styles.row}>
        {step.kind === 'department' ? (
          <DepartmentFields step={step} onChange={onChange} />
        ) : (
          <TeamField step={step} onChange={onChange} />
        )}
        <Field label={t('chain.minutes')}>
          <InputNumber
            value={step.receipt_minutes}
            onChange={(minutes) => onChange({ receipt_minutes: minutes ?? 1 })}
            min={1}
            max={1440}
            precision={0}
            suffix={t('chain.unit')}
            style={{ width: '100%' }}
          />
        </Field>
      </div>
      <Lines<Edge>
        title={t('chain.ways')}
        hint={t('chain.waysHint')}
        items={step.next ?? []}
        most={10}
        nameOf={({ to }, at) => (to ? t('chain.wayTo', { name: nameOf(to) }) : t('chain.wayNo', { number: at + 1 }))}
        blank={() => ({ to: '', intents: [], min_level: 1 })}
        onChange={(next) => onChange({ next })}
      >
        {(edge, set) => <EdgeFields edge={edge} others={others} onChange={set} />}
      </Lines>
    </>
  );
}

function TeamField({ step, onChange }: Omit<Props, 'steps'>) {
  const { t } = useTranslation();
  const departments = useQuery({ queryKey: ['departments'], queryFn: api.departments });
  const teams = departments.data?.flatMap((department) => department.teams) ?? [];
  return (
    <Field label={t('chain.team')}>
      <Select
        value={step.team_id ?? undefined}
        onChange={(team_id) => onChange({ team_id: team_id ?? null })}
        allowClear
        placeholder={t('chain.ownTeam')}
        aria-label={t('chain.team')}
        options={teams.map(({ id, name }) => ({ value: id, label: name }))}
      />
    </Field>
  );
}

function DepartmentFields({ step, onChange }: Omit<Props, 'steps'>) {
  const { t } = useTranslation();
  const departments = useQuery({ queryKey: ['departments'], queryFn: api.departments });
  const kinds = useQuery({ queryKey: TICKET_KINDS, queryFn: tickets.kinds });
  return (
    <>
      <Field label={t('chain.department')}>
        <Select
          value={step.department ?? undefined}
          onChange={(department) => onChange({ department })}
          placeholder={t('chain.choose')}
          aria-label={t('chain.department')}
          options={departments.data?.map(({ code, name }) => ({ value: code, label: name }))}
        />
      </Field>
      <Field label={t('chain.ticketKind')}>
        <Select
          value={step.ticket_kind ?? 'other'}
          onChange={(ticket_kind) => onChange({ ticket_kind })}
          aria-label={t('chain.ticketKind')}
          options={kinds.data?.map(({ code, name }) => ({ value: code, label: name }))}
        />
      </Field>
    </>
  );
}

interface EdgeProps {
  edge: Edge;
  others: ChainStep[];
  onChange: (changes: Partial<Edge>) => void;
}

function EdgeFields({ edge, others, onChange }: EdgeProps) {
  const { t } = useTranslation();
  const words = useChainWords();
  return (
    <>
      <div className={styles.row}>
        <Field label={t('chain.to')}>
          <Select
            value={edge.to || undefined}
            onChange={(to) => onChange({ to })}
            placeholder={t('chain.choose')}
            aria-label={t('chain.to')}
            options={others.map(({ id, title }) => ({ value: id, label: title || id }))}
          />
        </Field>
        <Field label={t('chain.minLevel')}>
          <Select
            value={edge.min_level ?? 1}
            onChange={(min_level) => onChange({ min_level })}
            aria-label={t('chain.minLevel')}
            options={LEVELS.map((value) => ({ value: value as number, label: words.level(value) }))}
          />
        </Field>
      </div>
      <Field label={t('chain.intents')}>
        <Select
          mode="multiple"
          value={edge.intents ?? []}
          onChange={(intents) => onChange({ intents })}
          placeholder={t('chain.anyIntent')}
          aria-label={t('chain.intents')}
          showSearch={{ optionFilterProp: 'label' }}
          options={[...GROUPS, ...INTENTS.map(({ code }) => code)].map((code) => ({
            value: code,
            label: words.intent(code),
          }))}
        />
      </Field>
    </>
  );
}
