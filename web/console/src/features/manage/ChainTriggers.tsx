import { InputNumber, Select } from 'antd';
import { useTranslation } from 'react-i18next';
import type { Trigger } from '@/shared/escalations';
import { Field } from '@/shared/Field';
import { TRIGGERS } from './chain';
import { Lines } from './Lines';
import styles from './manage.module.css';
import { useChainWords } from './useChainWords';

const LEVELS = [1, 2, 3, 4, 5] as const;

/** What sends a conversation up the chain. */
export function ChainTriggers({ triggers, onChange }: { triggers: Trigger[]; onChange: (all: Trigger[]) => void }) {
  const { t } = useTranslation();
  return (
    <Lines<Trigger>
      title={t('chain.triggers')}
      one={t('chain.trigger')}
      hint={t('chain.triggersHint')}
      items={triggers}
      most={20}
      nameOf={({ on }) => t(`chain.on_${on}`)}
      blank={() => ({ on: 'deadline_breached', min_level: 1, count: 3, days: 7 })}
      onChange={onChange}
    >
      {(trigger, set) => <TriggerFields trigger={trigger} onChange={set} />}
    </Lines>
  );
}

function TriggerFields({ trigger, onChange }: { trigger: Trigger; onChange: (changes: Partial<Trigger>) => void }) {
  const { t } = useTranslation();
  const words = useChainWords();
  const counts = trigger.on === 'emotion' || trigger.on === 'repeat';
  return (
    <div className={styles.row}>
      <Field label={t('chain.on')}>
        <Select
          value={trigger.on}
          onChange={(on) => onChange({ on })}
          aria-label={t('chain.on')}
          options={TRIGGERS.map((value) => ({ value: value as Trigger['on'], label: t(`chain.on_${value}`) }))}
        />
      </Field>
      <Field label={t('chain.minLevel')}>
        <Select
          value={trigger.min_level ?? 1}
          onChange={(min_level) => onChange({ min_level })}
          aria-label={t('chain.minLevel')}
          options={LEVELS.map((value) => ({ value: value as number, label: words.level(value) }))}
        />
      </Field>
      {counts && (
        <Field label={t(trigger.on === 'emotion' ? 'chain.badMessages' : 'chain.contacts')}>
          <InputNumber
            value={trigger.count ?? 3}
            onChange={(count) => onChange({ count: count ?? 3 })}
            min={1}
            max={20}
            precision={0}
          />
        </Field>
      )}
      {trigger.on === 'repeat' && (
        <Field label={t('chain.days')}>
          <InputNumber
            value={trigger.days ?? 7}
            onChange={(days) => onChange({ days: days ?? 7 })}
            min={1}
            max={90}
            precision={0}
          />
        </Field>
      )}
    </div>
  );
}
