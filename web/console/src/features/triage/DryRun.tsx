import { useQuery } from '@tanstack/react-query';
import { Button, Progress, Select, Skeleton } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { api, type ShownRun } from '@/shared/api';
import { dayAndTime } from '@/shared/time';
import { Because } from './Because';
import styles from './triage.module.css';
import { RUN, useDo } from './useTriage';

const PERIODS = [7, 30, 90];
const LOOK_MS = 1_000;

/** The draft tried on the past: how many messages would change, and which. */
export function DryRun({ hasDraft }: { hasDraft: boolean }) {
  const { t } = useTranslation();
  const [days, setDays] = useState(7);
  const run = useDo();
  const latest = useQuery({
    queryKey: RUN,
    queryFn: api.latestDryRun,
    refetchInterval: ({ state }) => (state.data && !state.data.run.finished_at ? LOOK_MS : false),
  });
  const underWay = latest.data != null && !latest.data.run.finished_at;
  return (
    <div className={styles.rules}>
      <p className={styles.soft}>{t('triage.runHint')}</p>
      <div className={styles.tools}>
        <Select
          value={days}
          onChange={setDays}
          aria-label={t('triage.runPeriod')}
          options={PERIODS.map((value) => ({ value, label: t('triage.runDays', { count: value }) }))}
        />
        <Button type="primary" disabled={underWay || !hasDraft} onClick={() => void run(() => api.startDryRun(days))}>
          {t('triage.runStart')}
        </Button>
      </div>
      {!hasDraft && <p className={styles.soft}>{t('triage.runNoDraft')}</p>}
      {latest.isPending && <Skeleton active />}
      {latest.isError && <p role="alert">{latest.error.message}</p>}
      {latest.data === null && <p className={styles.soft}>{t('triage.runNone')}</p>}
      {latest.data && <Shown shown={latest.data} onCancel={(id) => run(() => api.cancelDryRun(id))} />}
    </div>
  );
}

function Shown({ shown, onCancel }: { shown: ShownRun; onCancel: (id: string) => Promise<void> }) {
  const { t } = useTranslation();
  const { run, differences } = shown;
  const { outcome } = run;
  return (
    <article className={styles.card}>
      <h2>
        {t(`triage.state_${run.state}`)}{' '}
        <small>{t('triage.runBy', { name: run.author_name, time: dayAndTime(run.created_at), days: run.days })}</small>
      </h2>
      {!run.finished_at && (
        <div className={styles.tools}>
          <Progress percent={Math.round(run.share * 100)} aria-label={t('triage.state_running')} />
          <Button onClick={() => void onCancel(run.id)}>{t('triage.runCancel')}</Button>
        </div>
      )}
      <p>
        {t('triage.runFigures', {
          messages: outcome.messages,
          changed: outcome.changed,
          toPerson: outcome.to_person,
          toAssistant: outcome.to_assistant,
          up: outcome.level_up,
          down: outcome.level_down,
        })}
      </p>
      {!!outcome.incomplete && (
        <p className={styles.warn}>{t('triage.runIncomplete', { count: outcome.incomplete })}</p>
      )}
      {run.state === 'done' && outcome.changed === 0 && <p className={styles.soft}>{t('triage.runNothing')}</p>}
      {differences.length > 0 && (
        <table className={styles.changes} aria-label={t('triage.runList')}>
          <thead>
            <tr>
              <th scope="col">{t('triage.message')}</th>
              <th scope="col">{t('triage.before')}</th>
              <th scope="col">{t('triage.after')}</th>
            </tr>
          </thead>
          <tbody>
            {differences.map(({ difference, excerpt, at }) => (
              <tr key={`${difference.conversation_id}/${difference.seq}`}>
                <td>
                  <Link to={`/inbox/${difference.conversation_id}`}>{excerpt}</Link> <small>{dayAndTime(at)}</small>
                </td>
                <td>
                  <Because decision={difference.before} />
                </td>
                <td>
                  <Because decision={difference.after} />
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
    </article>
  );
}
