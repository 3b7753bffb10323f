import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { Alert, App, Button, Checkbox, Input, InputNumber, Segmented, Skeleton } from 'antd';
import type { TFunction } from 'i18next';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { api, type Limits, type Policy } from '@/shared/api';
import { Failed } from '@/shared/Failed';
import styles from './levels.module.css';
import { span } from './times';

const LIMITS = ['service-limits'];
const CLOCKS = [
  ['first_response', 'firstResponse'],
  ['next_update', 'nextUpdate'],
  ['resolution', 'resolution'],
] as const;
/** A quarter of a year. */
const MOST_MINUTES = 129_600;

/** The limits of each level, for conversations, tickets and kinds of tickets. */
export function LimitsForm() {
  const { t } = useTranslation();
  const policies = useQuery({ queryKey: LIMITS, queryFn: api.limits });
  const [subject, setSubject] = useState('conversation');
  const policy = policies.data?.find((one) => one.subject === subject) ?? policies.data?.[0];
  return (
    <section className={styles.part} aria-labelledby="limits">
      <h2 id="limits">{t('levels.limits')}</h2>
      <small>{t('levels.limitsHint')}</small>
      {policies.isPending && <Skeleton active paragraph={{ rows: 6 }} />}
      <Failed query={policies} />
      {policies.data && policy && (
        <>
          <Segmented
            value={policy.subject}
            onChange={setSubject}
            aria-label={t('levels.subject')}
            options={policies.data.map((one) => ({ value: one.subject, label: subjectName(one.subject, t) }))}
          />
          <Table key={`${policy.subject} ${policies.dataUpdatedAt}`} policy={policy} />
        </>
      )}
    </section>
  );
}

function subjectName(subject: string, t: TFunction): string {
  const [kind, special] = subject.split(':');
  if (special) return t('levels.subject_kind', { kind: special });
  return t(kind === 'ticket' ? 'levels.subject_ticket' : 'levels.subject_conversation');
}

function Table({ policy }: { policy: Policy }) {
  const { t } = useTranslation();
  const { message } = App.useApp();
  const queries = useQueryClient();
  const [limits, setLimits] = useState(policy.limits);
  const [reason, setReason] = useState('');
  const changed = limits !== policy.limits;
  const save = useMutation({
    mutationFn: () => api.saveLimits(policy.subject, { limits, reason: reason.trim() }),
    onSuccess: async () => {
      void message.success(t('levels.saved'));
      await queries.invalidateQueries({ queryKey: LIMITS });
    },
  });
  const change = (level: number, changes: Partial<Limits>) =>
    setLimits(limits.map((one) => (one.level === level ? { ...one, ...changes } : one)));
  return (
    <form
      className={styles.limits}
      onSubmit={(event) => {
        event.preventDefault();
        save.mutate();
      }}
    >
      <div className={styles.scroll}>
        <table>
          <thead>
            <tr>
              <th scope="col">{t('levels.level')}</th>
              {CLOCKS.map(([name, words]) => (
                <th key={name} scope="col">
                  {t(`levels.${words}`)}
                </th>
              ))}
              <th scope="col" title={t('levels.warnHint')}>
                {t('levels.warnShare')}
              </th>
              <th scope="col" title={t('levels.aroundHint')}>
                {t('levels.aroundTheClock')}
              </th>
              <th scope="col" title={t('levels.restsHint')}>
                {t('levels.rests')}
              </th>
            </tr>
          </thead>
          <tbody>
            {limits.map((one) => (
              <Row key={one.level} limits={one} onChange={(changes) => change(one.level, changes)} />
            ))}
          </tbody>
        </table>
      </div>
      {save.error && <Alert type="error" title={save.error.message} role="alert" showIcon />}
      <div className={styles.why}>
        <Input
          value={reason}
          onChange={(event) => setReason(event.target.value)}
          placeholder={t('levels.reasonHint')}
          aria-label={t('levels.reason')}
          addonBefore={t('levels.reason')}
          maxLength={200}
        />
        <Button
          type="primary"
          htmlType="submit"
          loading={save.isPending}
          disabled={!changed || reason.trim().length < 2}
        >
          {t('levels.save')}
        </Button>
      </div>
    </form>
  );
}

function Row({ limits, onChange }: { limits: Limits; onChange: (changes: Partial<Limits>) => void }) {
  const { t } = useTranslation();
  const name = t(`levelLong.${String(limits.level) as '1' | '2' | '3' | '4' | '5'}`);
  const label = (field: string) => t('levels.fieldOf', { level: name, field });
  return (
    <tr>
      <th scope="row">{name}</th>
      {CLOCKS.map(([clock, words]) => (
        <td key={clock}>
          <InputNumber
            value={limits[clock]}
            onChange={(minutes) => onChange({ [clock]: minutes })}
            min={1}
            max={MOST_MINUTES}
            precision={0}
            placeholder={t('levels.none')}
            aria-label={label(t(`levels.${words}`))}
          />
          <small>{spanText(limits[clock], t)}</small>
        </td>
      ))}
      <td>
        <InputNumber
          value={limits.warn_share ?? 75}
          onChange={(share) => onChange({ warn_share: share ?? 75 })}
          min={10}
          max={95}
          precision={0}
          suffix="%"
          aria-label={label(t('levels.warnShare'))}
        />
      </td>
      <td>
        <Checkbox
          checked={limits.around_the_clock ?? false}
          onChange={(event) => onChange({ around_the_clock: event.target.checked })}
          aria-label={label(t('levels.aroundTheClock'))}
        />
      </td>
      <td>
        <Checkbox
          checked={limits.rests_with_customer ?? false}
          onChange={(event) => onChange({ rests_with_customer: event.target.checked })}
          aria-label={label(t('levels.rests'))}
        />
      </td>
    </tr>
  );
}

function spanText(minutes: number | null, t: TFunction): string {
  if (minutes === null) return '';
  const { unit, count } = span(minutes);
  return t(`levels.span_${unit}`, { count });
}
