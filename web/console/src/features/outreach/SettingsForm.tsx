import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { Alert, App, Button, Input, InputNumber, Select, Switch } from 'antd';
import { type ReactNode, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { TICKET_KINDS, tickets } from '@/shared/tickets';
import { dayAndTime } from '@/shared/time';
import { type KeptOutreach, OUTREACH, type OutreachSettings, outreach } from './api';
import styles from './outreach.module.css';
import { Rules } from './Rules';

/** What is watched for, when customers are told, and what follows. Needs a reason, which is kept. */
export function SettingsForm({ kept }: { kept: KeptOutreach }) {
  const { t } = useTranslation();
  const { message } = App.useApp();
  const queries = useQueryClient();
  const [settings, setSettings] = useState(kept.settings);
  const [reason, setReason] = useState('');
  const change = (changes: Partial<OutreachSettings>) => setSettings({ ...settings, ...changes });
  const save = useMutation({
    mutationFn: () => outreach.change({ version: kept.version, settings, reason: reason.trim() || null }),
    onSuccess: async () => {
      void message.success(t('outreach.saved'));
      await queries.invalidateQueries({ queryKey: [OUTREACH] });
    },
  });
  return (
    <form
      className={styles.form}
      aria-label={t('outreach.settings')}
      onSubmit={(event) => {
        event.preventDefault();
        save.mutate();
      }}
    >
      <div className={styles.switch}>
        <Switch
          checked={settings.enabled}
          onChange={(enabled) => change({ enabled })}
          aria-label={t('outreach.enable')}
        />
        <b>{t('outreach.enabled')}</b>
        <small>{t(settings.enabled ? 'outreach.state_on' : 'outreach.state_off')}</small>
      </div>
      <section className={styles.part} aria-labelledby="rules">
        <h2 id="rules">{t('outreach.rules')}</h2>
        <Rules settings={settings} onChange={change} />
      </section>
      <Times settings={settings} onChange={change} />
      <After settings={settings} onChange={change} />
      {save.error && <Alert type="error" title={save.error.message} role="alert" showIcon />}
      <div className={styles.why}>
        <Input
          value={reason}
          onChange={(event) => setReason(event.target.value)}
          placeholder={t('outreach.reasonHint')}
          aria-label={t('outreach.reason')}
          addonBefore={t('outreach.reason')}
          maxLength={200}
        />
        <Button type="primary" htmlType="submit" loading={save.isPending} disabled={settings === kept.settings}>
          {t('outreach.save')}
        </Button>
      </div>
      {kept.changed_at && (
        <small>{t('outreach.changed', { name: kept.changed_by ?? '', time: dayAndTime(kept.changed_at) })}</small>
      )}
    </form>
  );
}

interface Part {
  settings: OutreachSettings;
  onChange: (changes: Partial<OutreachSettings>) => void;
}

function Times({ settings, onChange }: Part) {
  const { t } = useTranslation();
  return (
    <section className={styles.part} aria-labelledby="when">
      <h2 id="when">{t('outreach.when')}</h2>
      <small>{t('outreach.oneADay')}</small>
      <div className={styles.fields}>
        <Named label={t('outreach.quietFrom')}>
          <Input
            type="time"
            required
            value={settings.quiet_from}
            onChange={(event) => onChange({ quiet_from: event.target.value })}
          />
        </Named>
        <Named label={t('outreach.quietUntil')} hint={t('outreach.quietHint')}>
          <Input
            type="time"
            required
            value={settings.quiet_until}
            onChange={(event) => onChange({ quiet_until: event.target.value })}
          />
        </Named>
        <Named label={t('outreach.zone')} hint={t('outreach.zoneHint')}>
          <Select
            showSearch
            value={settings.zone}
            onChange={(zone) => onChange({ zone })}
            aria-label={t('outreach.zone')}
            options={zones(settings.zone ?? '').map((value) => ({ value, label: value }))}
          />
        </Named>
      </div>
    </section>
  );
}

/** All that the browser knows, and the one that is set. */
const zones = (set: string) => [...new Set([set, 'Asia/Shanghai', ...Intl.supportedValuesOf('timeZone')])];

function After({ settings, onChange }: Part) {
  const { t } = useTranslation();
  const kinds = useQuery({ queryKey: TICKET_KINDS, queryFn: tickets.kinds });
  const open = kinds.data?.filter((kind) => !kind.archived) ?? [];
  return (
    <section className={styles.part} aria-labelledby="after">
      <h2 id="after">{t('outreach.after')}</h2>
      <div className={styles.fields}>
        <Named label={t('outreach.ticketKind')}>
          <Select
            value={settings.ticket_kind ?? ''}
            onChange={(kind) => onChange({ ticket_kind: kind || null })}
            aria-label={t('outreach.ticketKind')}
            options={[
              { value: '', label: t('outreach.noTicket') },
              ...open.map(({ code, name }) => ({ value: code, label: name })),
            ]}
          />
        </Named>
        <Named label={t('outreach.followUp')}>
          <InputNumber
            min={4}
            max={168}
            precision={0}
            value={settings.follow_up_hours}
            onChange={(hours) => hours && onChange({ follow_up_hours: hours })}
            suffix={t('outreach.hours')}
            aria-label={t('outreach.followUp')}
          />
        </Named>
      </div>
    </section>
  );
}

function Named({ label, hint, children }: { label: string; hint?: string; children: ReactNode }) {
  return (
    // biome-ignore lint/a11y/noLabelWithoutControl: the field is among the children
    <label className={styles.field}>
      <span>{label}</span>
      {children}
      {hint && <small>{hint}</small>}
    </label>
  );
}
