import { useQuery } from '@tanstack/react-query';
import { Button, Skeleton } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { api, type RuleVersionHead } from '@/shared/api';
import { dayAndTime } from '@/shared/time';
import { WithReason } from '@/shared/WithReason';
import { differences } from './table';
import styles from './triage.module.css';
import { useDo, useWords, VERSIONS } from './useTriage';

/** What was published, by whom and why; any version can be compared and brought back. */
export function History() {
  const { t } = useTranslation();
  const versions = useQuery({ queryKey: VERSIONS, queryFn: api.triageVersions });
  const [open, setOpen] = useState<number | null>(null);
  if (!versions.data) return versions.isError ? <p role="alert">{versions.error.message}</p> : <Skeleton active />;
  const current = versions.data[0]?.number ?? 0;
  return (
    <ol className={styles.list} aria-label={t('triage.history')}>
      {versions.data.map((version) => (
        <Entry
          key={version.number}
          version={version}
          current={current}
          open={open === version.number}
          onOpen={() => setOpen(open === version.number ? null : version.number)}
        />
      ))}
    </ol>
  );
}

interface EntryProps {
  version: RuleVersionHead;
  current: number;
  open: boolean;
  onOpen: () => void;
}

function Entry({ version, current, open, onOpen }: EntryProps) {
  const { t } = useTranslation();
  const run = useDo();
  const serves = version.number === current;
  return (
    <li className={styles.card}>
      <div className={styles.tools}>
        <strong>{t('triage.version', { version: version.number })}</strong>
        {serves && <span className={styles.good}>{t('triage.current')}</span>}
        {version.restores && <small>{t('triage.restored', { version: version.restores })}</small>}
        <span>{version.author_name ? version.why : t('triage.productDefault')}</span>
        <span className={styles.fill} />
        <small>
          {version.author_name} {dayAndTime(version.published_at)}
        </small>
        {!serves && (
          <Button size="small" aria-expanded={open} onClick={onOpen}>
            {t('triage.compare')}
          </Button>
        )}
      </div>
      {open && !serves && (
        <>
          <Compared number={version.number} current={current} />
          <WithReason
            label={t('triage.restore')}
            hint={t('triage.restoreWhy')}
            danger
            onGiven={(why) =>
              run(() => api.restoreTriage(version.number, why), t('triage.restoredNow', { version: current + 1 }))
            }
          />
        </>
      )}
    </li>
  );
}

/** What bringing this version back would change. */
function Compared({ number, current }: { number: number; current: number }) {
  const { t } = useTranslation();
  const words = useWords();
  const one = useQuery({ queryKey: [...VERSIONS, number], queryFn: () => api.triageVersion(number) });
  const live = useQuery({ queryKey: [...VERSIONS, current], queryFn: () => api.triageVersion(current) });
  if (!one.data || !live.data) return <Skeleton active paragraph={{ rows: 2 }} />;
  const found = differences(live.data.table.rules, one.data.table.rules);
  if (found.length === 0) return <p className={styles.soft}>{t('triage.same')}</p>;
  return (
    <ul className={styles.because}>
      {found.map(({ change, rule }) => (
        <li key={`${change}/${rule.id}`}>
          <b>{t(`triage.${change}`)}</b> {words.titleOf(rule)} <small>{words.effects(rule.effects).join(' · ')}</small>
        </li>
      ))}
    </ul>
  );
}
