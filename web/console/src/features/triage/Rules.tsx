import { ArrowDownOutlined, ArrowUpOutlined, HolderOutlined, PlusOutlined } from '@ant-design/icons';
import { Button, Popconfirm, Switch } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { api, type CheckedDraft, type Finding, type TriageRule } from '@/shared/api';
import { usePreferences } from '@/shared/preferences';
import { dayAndTime } from '@/shared/time';
import { WithReason } from '@/shared/WithReason';
import { RuleEditor } from './RuleEditor';
import { moved, newId, withRule } from './table';
import styles from './triage.module.css';
import { useDo, useSave, useWords } from './useTriage';
import { What } from './What';

/** The draft, rule by rule; every change is kept at once. */
export function Rules({ checked }: { checked: CheckedDraft }) {
  const { t } = useTranslation();
  const { locale } = usePreferences();
  const { draft, findings } = checked;
  const { table, revision } = draft;
  const [edited, setEdited] = useState<TriageRule | null>(null);
  const [dragged, setDragged] = useState<number | null>(null);
  const run = useDo();
  const save = useSave();
  const errors = findings.filter(({ severity }) => severity === 'error').length;
  const keep = (rules: TriageRule[]) => save(revision, { ...table, rules });

  return (
    <div className={styles.rules}>
      <p className={styles.soft}>{t('triage.intro')}</p>
      <div className={styles.tools}>
        <strong>
          {revision === 0
            ? t('triage.live', { version: draft.based_on })
            : t('triage.draft', {
                version: draft.based_on,
                name: draft.author_name,
                time: draft.changed_at ? dayAndTime(draft.changed_at) : '',
              })}
        </strong>
        <span className={styles.fill} />
        {revision > 0 && (
          <Popconfirm title={t('triage.dropSure')} onConfirm={() => run(api.dropTriage)}>
            <Button>{t('triage.drop')}</Button>
          </Popconfirm>
        )}
        <Button
          icon={<PlusOutlined aria-hidden />}
          onClick={() => setEdited({ id: newId(table.rules), title: '', when: {}, effects: {} })}
        >
          {t('triage.add')}
        </Button>
      </div>
      {revision > 0 && errors === 0 && (
        <WithReason
          label={t('triage.publish')}
          hint={t('triage.publishWhy')}
          onGiven={(why) =>
            run(() => api.publishTriage(revision, why), t('triage.published', { version: draft.based_on + 1 }))
          }
        />
      )}
      {errors > 0 && <p className={styles.bad}>{t('triage.errors', { count: errors })}</p>}
      {findings
        .filter(({ rule }) => !rule)
        .map((finding) => (
          <p key={finding.code} role="alert" className={styles.bad}>
            {finding[locale]}
          </p>
        ))}
      <ol className={styles.list} aria-label={t('triage.rules')}>
        {table.rules.map((rule, at) => (
          <Line
            // biome-ignore lint/suspicious/noArrayIndexKey: a faulty draft may have an id twice
            key={`${rule.id}/${at}`}
            rule={rule}
            place={at + 1}
            last={at === table.rules.length - 1}
            findings={findings.filter((finding) => finding.rule === rule.id)}
            onEdit={() => setEdited(rule)}
            onMove={(by) => keep(moved(table.rules, at, at + by))}
            onSwitch={(enabled) => keep(table.rules.with(at, { ...rule, enabled }))}
            onDrag={() => setDragged(at)}
            onDrop={() => {
              if (dragged !== null && dragged !== at) void keep(moved(table.rules, dragged, at));
              setDragged(null);
            }}
          />
        ))}
      </ol>
      {edited && (
        <RuleEditor
          rule={edited}
          known={table.rules.some(({ id }) => id === edited.id)}
          onClose={() => setEdited(null)}
          onSave={async (rule) => (await save(revision, withRule(table, rule))) && setEdited(null)}
          onRemove={async () => (await keep(table.rules.filter(({ id }) => id !== edited.id))) && setEdited(null)}
        />
      )}
    </div>
  );
}

interface LineProps {
  rule: TriageRule;
  place: number;
  last: boolean;
  findings: Finding[];
  onEdit: () => void;
  onMove: (by: number) => void;
  onSwitch: (enabled: boolean) => void;
  onDrag: () => void;
  onDrop: () => void;
}

function Line({ rule, place, last, findings, onEdit, onMove, onSwitch, onDrag, onDrop }: LineProps) {
  const { t } = useTranslation();
  const { locale } = usePreferences();
  const words = useWords();
  const title = words.titleOf(rule);
  const off = rule.enabled === false;
  return (
    <li
      className={off ? `${styles.rule} ${styles.off}` : styles.rule}
      draggable
      onDragStart={onDrag}
      onDragOver={(event) => event.preventDefault()}
      onDrop={onDrop}
    >
      <span className={styles.place}>
        <HolderOutlined aria-hidden /> {place}
      </span>
      <div className={styles.what}>
        <button type="button" className={styles.name} onClick={onEdit} aria-label={t('triage.edit', { title })}>
          {title}
        </button>
        {off && <small> {t('triage.off')}</small>}
        <What rule={rule} />
        {findings.map((finding) => (
          <p key={finding.code + finding.zh} className={finding.severity === 'error' ? styles.bad : styles.warn}>
            {finding[locale]}
          </p>
        ))}
      </div>
      <Switch size="small" checked={!off} onChange={onSwitch} aria-label={t('triage.enabled', { title })} />
      <Button
        type="text"
        icon={<ArrowUpOutlined aria-hidden />}
        disabled={place === 1}
        aria-label={t('triage.up', { title })}
        onClick={() => onMove(-1)}
      />
      <Button
        type="text"
        icon={<ArrowDownOutlined aria-hidden />}
        disabled={last}
        aria-label={t('triage.down', { title })}
        onClick={() => onMove(1)}
      />
    </li>
  );
}
