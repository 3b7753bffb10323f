import { useTranslation } from 'react-i18next';
import type { Learned } from '@/shared/api';
import { intentName } from '@/shared/intents';
import { usePreferences } from '@/shared/preferences';
import { useMay } from '@/shared/session';
import { WithReason } from '@/shared/WithReason';
import { percent, refused } from './figures';
import styles from './review.module.css';

interface Props {
  learned: Learned;
  onPublish?: (why: string, force: boolean) => Promise<void>;
}

const EXAMPLES = 3;

/** What speaks for a candidate, and every message of last week that it reads differently. */
export function Candidate({ learned, onPublish }: Props) {
  const { t } = useTranslation();
  const { locale } = usePreferences();
  const mayForce = useMay('settings.manage');
  const { comparison, lacking, topics = [] } = learned;
  const facts = [
    [
      t('review.fixedSet'),
      t('review.fixedFigures', {
        before: percent(comparison.before),
        after: percent(comparison.after),
        n: comparison.n,
        p: comparison.p_value.toFixed(3),
      }),
    ],
    [t('review.tried'), t('review.triedFigures', { tried: learned.tried, changed: learned.changed })],
    [t('review.taught'), t('review.taughtFigures', { taught: learned.taught, held: learned.held_out })],
  ];
  const stopped = refused(learned);
  return (
    <>
      <p className={stopped ? styles.bad : styles.good}>
        {t(learned.worse ? 'review.worse' : 'review.notWorse')}
        {lacking.length > 0 &&
          ` · ${t('review.lacking', { names: lacking.map((one) => intentName(one, locale)).join(', ') })}`}
      </p>
      <dl className={styles.facts}>
        {facts.map(([name, value]) => (
          <div key={name}>
            <dt>{name}</dt>
            <dd>{value}</dd>
          </div>
        ))}
      </dl>
      {onPublish && (!stopped || mayForce) && (
        <WithReason
          label={t(stopped ? 'review.force' : 'review.publish')}
          hint={t('review.publishWhy')}
          danger={stopped}
          onGiven={(why) => onPublish(why, stopped)}
        />
      )}
      {topics.length > 0 && (
        <section className={styles.topics} aria-label={t('review.topics')}>
          <h3>{t('review.topics')}</h3>
          <p className={styles.soft}>{t('review.topicsHint')}</p>
          <ul className={styles.list}>
            {topics.map((topic) => (
              <li key={topic.name} className={styles.entry}>
                <strong>
                  {topic.name} <small>{t('review.times', { count: topic.messages })}</small>
                </strong>
                <span>{topic.examples.slice(0, EXAMPLES).join(' · ')}</span>
              </li>
            ))}
          </ul>
        </section>
      )}
      {learned.changes.length > 0 && (
        <table className={styles.changes}>
          <thead>
            <tr>
              <th scope="col">{t('review.message')}</th>
              <th scope="col">{t('review.before')}</th>
              <th scope="col">{t('review.after')}</th>
            </tr>
          </thead>
          <tbody>
            {learned.changes.map((change) => (
              <tr key={change.text}>
                <td>{change.text}</td>
                <td>{intentName(change.before.name, locale)}</td>
                <td>{intentName(change.after.name, locale)}</td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
    </>
  );
}
