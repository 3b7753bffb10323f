import '@/i18n/pages/outreach';
import { useQuery } from '@tanstack/react-query';
import { Alert, Button, Segmented, Skeleton } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { OUTREACH, type OutreachOverview, outreach } from './api';
import { Figures } from './Figures';
import { Log } from './Log';
import styles from './outreach.module.css';
import { SettingsForm } from './SettingsForm';

type Part = 'log' | 'settings' | 'figures';

/** What was found wrong with parcels, what customers were told of it, by which rules, and how right it was. */
export default function OutreachPage() {
  const { t } = useTranslation();
  const [part, setPart] = useState<Part>('log');
  const overview = useQuery({ queryKey: [OUTREACH, 'overview'], queryFn: outreach.overview, refetchInterval: 30_000 });
  const kept = useQuery({ queryKey: [OUTREACH, 'settings'], queryFn: outreach.settings });
  const error = overview.error ?? kept.error;
  return (
    <div className={styles.page}>
      <p className={styles.soft}>{t('outreach.hint')}</p>
      {error && (
        <p role="alert">
          {error.message}{' '}
          <Button
            onClick={() => {
              void overview.refetch();
              void kept.refetch();
            }}
          >
            {t('app.retry')}
          </Button>
        </p>
      )}
      {kept.data && !kept.data.settings.enabled && (
        <Alert type="info" role="status" title={t('outreach.offHint')} showIcon />
      )}
      {overview.data && <Counts overview={overview.data} />}
      <Segmented<Part>
        value={part}
        onChange={(chosen) => {
          setPart(chosen);
          void overview.refetch();
        }}
        aria-label={t('app.outreach')}
        options={(['log', 'settings', 'figures'] as const).map((value) => ({ value, label: t(`outreach.${value}`) }))}
      />
      {part === 'log' && <Log demo={overview.data?.shops.filter((shop) => shop.demo).map((shop) => shop.code) ?? []} />}
      {part === 'settings' &&
        (kept.data ? <SettingsForm key={kept.data.version} kept={kept.data} /> : <Skeleton active />)}
      {part === 'figures' && (overview.data ? <Figures overview={overview.data} /> : <Skeleton active />)}
    </div>
  );
}

function Counts({ overview }: { overview: OutreachOverview }) {
  const { t } = useTranslation();
  const counts = [
    [t('outreach.open'), overview.open],
    [t('outreach.told', { days: overview.days }), overview.told],
    [t('outreach.optedOut'), overview.opted_out],
  ] as const;
  return (
    <dl className={styles.counts}>
      {counts.map(([name, count]) => (
        <div key={name}>
          <dt>{name}</dt>
          <dd>{count}</dd>
        </div>
      ))}
      {overview.waiting.length > 0 && (
        <div className={styles.waiting}>
          <dt>{t('outreach.held')}</dt>
          <dd>
            {overview.waiting.map(({ held, count }) => (
              <span key={held}>
                {t(`outreach.held_${held}`)} <b>{count}</b>
              </span>
            ))}
          </dd>
        </div>
      )}
    </dl>
  );
}
