import { Button, Drawer, Input, InputNumber, Select } from 'antd';
import { type ReactNode, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Effects, TriageRule } from '@/shared/api';
import { ConditionField } from './ConditionField';
import { CONDITIONS, type ConditionName, fresh, given, tidy } from './table';
import styles from './triage.module.css';
import { useChoices } from './useTriage';

const ANSWERERS = ['assistant', 'clarify', 'person', 'urgent'] as const;
const REASONS = [
  'requested',
  'not_understood',
  'emotion',
  'safety',
  'complaint',
  'crisis',
  'authority',
  'priority',
  'approval',
  'failed',
] as const;
const LEVELS = ['1', '2', '3', '4', '5'] as const;

interface Props {
  rule: TriageRule;
  known: boolean;
  onClose: () => void;
  onSave: (rule: TriageRule) => Promise<unknown>;
  onRemove: () => Promise<unknown>;
}

/** One rule: its conditions, added one by one, and its effects. */
export function RuleEditor({ rule: before, known, onClose, onSave, onRemove }: Props) {
  const { t } = useTranslation();
  const [rule, setRule] = useState(before);
  const when = rule.when ?? {};
  const change = (changed: Partial<TriageRule>) => setRule({ ...rule, ...changed });
  const without = (name: ConditionName) =>
    change({ when: Object.fromEntries(Object.entries(when).filter(([one]) => one !== name)) });
  const open = CONDITIONS.filter((name) => !given(when).includes(name));
  return (
    <Drawer
      open
      size={560}
      title={t(known ? 'triage.editor' : 'triage.add')}
      onClose={onClose}
      footer={
        <div className={styles.tools}>
          {known && (
            <Button danger onClick={() => void onRemove()}>
              {t('triage.remove')}
            </Button>
          )}
          <span className={styles.fill} />
          <Button type="primary" disabled={!rule.title.trim()} onClick={() => void onSave(tidy(rule))}>
            {t('triage.save')}
          </Button>
        </div>
      }
    >
      <div className={styles.form}>
        <Named label={t('triage.title')}>
          <Input value={rule.title} maxLength={60} onChange={(event) => change({ title: event.target.value })} />
        </Named>
        <Named label={t('triage.titleEn')}>
          <Input value={rule.title_en} maxLength={80} onChange={(event) => change({ title_en: event.target.value })} />
        </Named>
        <Named label={t('triage.why')}>
          <Input.TextArea
            value={rule.why}
            maxLength={500}
            autoSize={{ minRows: 2 }}
            onChange={(event) => change({ why: event.target.value })}
          />
        </Named>
        <h3>{t('triage.when')}</h3>
        {given(when).map((name) => (
          <ConditionField
            key={name}
            name={name}
            when={when}
            onChange={(changed) => change({ when: { ...when, ...changed } })}
            onRemove={() => without(name)}
          />
        ))}
        <Select
          value={null}
          placeholder={t('triage.addCondition')}
          aria-label={t('triage.addCondition')}
          options={open.map((name) => ({ value: name, label: t(`triage.condition_${name}`) }))}
          onChange={(name: ConditionName | null) => name && change({ when: { ...when, ...fresh(name) } })}
        />
        <h3>{t('triage.effects')}</h3>
        <EffectFields
          then={rule.effects ?? {}}
          onChange={(changed) => change({ effects: { ...rule.effects, ...changed } })}
        />
      </div>
    </Drawer>
  );
}

function EffectFields({ then, onChange }: { then: Effects; onChange: (changed: Effects) => void }) {
  const { t } = useTranslation();
  const { teams, labels } = useChoices();
  const person = then.answerer === 'person' || then.answerer === 'urgent';
  return (
    <>
      <Named label={t('triage.effect_answerer')}>
        <Select
          allowClear
          value={then.answerer ?? undefined}
          placeholder={t('triage.addsOnly')}
          aria-label={t('triage.effect_answerer')}
          options={ANSWERERS.map((value) => ({ value, label: t(`triage.answerer_${value}`) }))}
          onChange={(answerer) => onChange({ answerer: answerer ?? null })}
        />
      </Named>
      {(person || then.reason) && (
        <Named label={t('triage.effect_reason')}>
          <Select
            allowClear
            value={then.reason ?? undefined}
            aria-label={t('triage.effect_reason')}
            options={REASONS.map((value) => ({ value, label: t(`triage.reason_${value}`) }))}
            onChange={(reason) => onChange({ reason: reason ?? null })}
          />
        </Named>
      )}
      <Named label={t('triage.effect_level')}>
        <Select
          allowClear
          value={then.level ?? undefined}
          placeholder={t('triage.none')}
          aria-label={t('triage.effect_level')}
          options={LEVELS.map((level) => ({ value: Number(level), label: t(`levelLong.${level}`) }))}
          onChange={(level) => onChange({ level: level ?? null })}
        />
      </Named>
      <Named label={t('triage.effect_team')}>
        <Select
          allowClear
          value={then.team_id ?? undefined}
          placeholder={t('triage.none')}
          aria-label={t('triage.effect_team')}
          options={teams.map(({ id, name }) => ({ value: id, label: name }))}
          onChange={(team_id) => onChange({ team_id: team_id ?? null })}
        />
      </Named>
      <Named label={t('triage.effect_skill')}>
        <Input
          value={then.skill ?? ''}
          maxLength={60}
          onChange={(event) => onChange({ skill: event.target.value.trim() || null })}
        />
      </Named>
      <Named label={t('triage.effect_priority')}>
        <InputNumber
          min={0}
          max={100}
          precision={0}
          value={then.priority ?? 0}
          onChange={(priority) => onChange({ priority: priority ?? 0 })}
        />
      </Named>
      <Named label={t('triage.effect_labels')}>
        <Select
          mode="multiple"
          value={then.label_ids ?? []}
          placeholder={t('triage.none')}
          aria-label={t('triage.effect_labels')}
          options={labels.map(({ id, name }) => ({ value: id, label: name }))}
          onChange={(label_ids) => onChange({ label_ids })}
        />
      </Named>
    </>
  );
}

/** A field under its name. */
export function Named({ label, children }: { label: string; children: ReactNode }) {
  return (
    // biome-ignore lint/a11y/noLabelWithoutControl: the field is among the children
    <label className={styles.field}>
      <span>{label}</span>
      {children}
    </label>
  );
}
