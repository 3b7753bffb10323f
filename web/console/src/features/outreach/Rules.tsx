import { Button, InputNumber, Switch } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { OutreachSettings, Trouble } from './api';
import { TROUBLES } from './figures';
import styles from './outreach.module.css';
import { Words } from './Words';

interface Props {
  settings: OutreachSettings;
  onChange: (changes: Partial<OutreachSettings>) => void;
}

type Threshold = 'stuck_hours' | 'no_scan_hours' | 'late_percent';

const THRESHOLDS: Partial<
  Record<Trouble, { name: Threshold; least: number; most: number; unit: 'hours' | 'percent' }>
> = {
  stuck: { name: 'stuck_hours', least: 4, most: 240, unit: 'hours' },
  no_scan: { name: 'no_scan_hours', least: 12, most: 240, unit: 'hours' },
  late: { name: 'late_percent', least: 50, most: 99, unit: 'percent' },
};

/** A line for each kind of trouble: whether it is looked for, from when on, with a ticket or without, in which words. */
export function Rules({ settings, onChange }: Props) {
  const { t } = useTranslation();
  const [opened, setOpened] = useState<Trouble>();
  return (
    <ul className={styles.rules}>
      {TROUBLES.map((rule) => {
        const name = t(`outreach.trouble_${rule}`);
        const setting = { on: true, ticket: true, ...settings[rule] };
        const threshold = THRESHOLDS[rule];
        const words = `${t('outreach.wording')} · ${t(settings.wording?.[rule] ? 'outreach.ownWording' : 'outreach.shipped')}`;
        return (
          <li key={rule}>
            <Switch
              checked={setting.on}
              onChange={(on) => onChange({ [rule]: { ...setting, on } })}
              aria-label={t('outreach.onOf', { rule: name })}
            />
            <span className={styles.rule}>
              <b>{name}</b>
              <small>{t(`outreach.about_${rule}`)}</small>
            </span>
            <span>
              {threshold && (
                <InputNumber
                  min={threshold.least}
                  max={threshold.most}
                  precision={0}
                  value={settings[threshold.name]}
                  onChange={(value) => value && onChange({ [threshold.name]: value })}
                  suffix={t(`outreach.${threshold.unit}`)}
                  aria-label={t('outreach.thresholdOf', { rule: name })}
                />
              )}
            </span>
            <span className={styles.ticket}>
              <Switch
                size="small"
                checked={setting.ticket}
                onChange={(ticket) => onChange({ [rule]: { ...setting, ticket } })}
                aria-label={t('outreach.opensOf', { rule: name })}
              />
              {t('outreach.opens')}
            </span>
            <Button
              aria-expanded={opened === rule}
              aria-label={`${words} ${name}`}
              onClick={() => setOpened(opened === rule ? undefined : rule)}
            >
              {words}
            </Button>
            {opened === rule && <Words rule={rule} settings={settings} onChange={onChange} />}
          </li>
        );
      })}
    </ul>
  );
}
