import { type UseQueryResult, useQuery, useQueryClient } from '@tanstack/react-query';
import { App, Button, Progress, Skeleton } from 'antd';
import { useTranslation } from 'react-i18next';
import { api, type Models as ModelsInUse, type Training } from '@/shared/api';
import { dayAndTime } from '@/shared/time';
import { WithReason } from '@/shared/WithReason';
import { Candidate } from './Candidate';
import { makerOf, mayServe, percent, underWay } from './figures';
import styles from './review.module.css';

const REVIEW = ['review', 'models'];
const LOOK_MS = 1_000;
const STAGES = ['loading', 'teaching', 'encoding', 'measuring'] as const;

/** The latest candidate, which model serves, and what was published when and why. */
export function Models() {
  const { t } = useTranslation();
  const { message } = App.useApp();
  const queries = useQueryClient();
  const trainings = useQuery({
    queryKey: [...REVIEW, 'trainings'],
    queryFn: api.trainings,
    refetchInterval: ({ state }) => (underWay(state.data?.[0]) ? LOOK_MS : false),
  });
  const models = useQuery({ queryKey: [...REVIEW, 'published'], queryFn: api.models });
  const [latest, ...earlier] = trainings.data ?? [];

  const run = async (action: () => Promise<unknown>, done?: string) => {
    try {
      await action();
      if (done) void message.success(done);
    } catch (problem) {
      void message.error(problem instanceof Error ? problem.message : String(problem));
    }
    await queries.invalidateQueries({ queryKey: REVIEW });
  };

  return (
    <div className={styles.columns}>
      <section aria-label={t('review.latest')}>
        <h2>{t('review.latest')}</h2>
        <p className={styles.soft}>{t('review.learnHint')}</p>
        <Button type="primary" disabled={underWay(latest)} onClick={() => void run(api.train)}>
          {t('review.learn')}
        </Button>
        {trainings.isPending && <Skeleton active />}
        {trainings.isError && <p role="alert">{trainings.error.message}</p>}
        {trainings.data && !latest && <p className={styles.soft}>{t('review.none')}</p>}
        {latest && <Latest training={latest} run={run} current={models.data?.current} />}
        {earlier.length > 0 && <Earlier trainings={earlier} />}
      </section>
      <Published models={models} run={run} />
    </div>
  );
}

type Run = (action: () => Promise<unknown>, done?: string) => Promise<void>;

function Latest({ training, run, current }: { training: Training; run: Run; current: number | undefined }) {
  const { t } = useTranslation();
  return (
    <article className={styles.card}>
      <h3>
        {t(`review.state_${training.state}`)}{' '}
        <small>{t('review.by', { name: training.author_name, time: dayAndTime(training.created_at) })}</small>
      </h3>
      {training.state === 'failed' && <Failed training={training} />}
      {underWay(training) && (
        <div className={styles.progress}>
          <Progress percent={Math.round(training.share * 100)} aria-label={t('review.state_running')} />
          <Button onClick={() => void run(() => api.cancelTraining(training.id))}>{t('review.cancel')}</Button>
        </div>
      )}
      {training.learned && (
        <Candidate
          learned={training.learned}
          onPublish={
            mayServe(training, current)
              ? (why, force) =>
                  run(
                    () => api.publishTraining(training.id, { why, force }),
                    t('review.published', { version: training.learned?.version }),
                  )
              : undefined
          }
        />
      )}
    </article>
  );
}

/** Where it broke off, why, and what can be done about it. */
function Failed({ training: { stage, failure } }: { training: Training }) {
  const { t } = useTranslation();
  const where = STAGES.find((one) => one === stage);
  return (
    <p className={styles.bad}>
      {where && t('review.brokeOff', { stage: t(`review.stage_${where}`) })}
      {t(`review.failure_${failure ?? 'unexpected'}`)}
    </p>
  );
}

/** Who had candidates taught before, and what became of them. */
function Earlier({ trainings }: { trainings: Training[] }) {
  const { t } = useTranslation();
  return (
    <details className={styles.earlier}>
      <summary>{t('review.earlier', { count: trainings.length })}</summary>
      <ol className={styles.list}>
        {trainings.map((training) => (
          <li key={training.id} className={styles.entry}>
            <span>
              {t(`review.state_${training.state}`)}
              {training.learned && ` · ${t('review.version', { version: training.learned.version })}`}
            </span>
            {training.state === 'failed' && <Failed training={training} />}
            <small>{t('review.by', { name: training.author_name, time: dayAndTime(training.created_at) })}</small>
          </li>
        ))}
      </ol>
    </details>
  );
}

function Published({ models, run }: { models: UseQueryResult<ModelsInUse>; run: Run }) {
  const { t } = useTranslation();
  if (!models.data) return models.isError ? <p role="alert">{models.error.message}</p> : <Skeleton active />;
  const { current, serving, history } = models.data;
  return (
    <section aria-label={t('review.history')}>
      <h2>{serving === 0 ? t('review.shipped') : t('review.current', { version: serving })}</h2>
      {serving !== current && (
        <p role="alert" className={styles.bad}>
          {t('review.unreadable', { version: current })}
        </p>
      )}
      {history.length > 0 && (
        <WithReason
          label={t('review.rollBack')}
          hint={t('review.rollBackWhy')}
          danger
          onGiven={(why) => run(() => api.rollBackModel(why), t('review.rolledBack'))}
        />
      )}
      <h2>{t('review.history')}</h2>
      {history.length === 0 && <p className={styles.soft}>{t('review.noHistory')}</p>}
      <ol className={styles.list}>
        {history.toReversed().map((entry) => (
          <li key={entry.at} className={styles.entry}>
            <span>
              {t(`review.${entry.version === 0 ? 'shipped' : 'entry'}_${entry.action}`, {
                version: entry.version,
              })}
              {entry.forced && ` · ${t('review.forced')}`}
            </span>
            <span>{entry.why}</span>
            <small>
              {t('review.by', { name: makerOf(entry, t), time: dayAndTime(entry.at) })}
              {entry.figures && ` · ${percent(entry.figures.before)} → ${percent(entry.figures.after)}`}
            </small>
          </li>
        ))}
      </ol>
    </section>
  );
}
