import { useTranslation } from 'react-i18next';
import { useNow } from '@/shared/clock';
import type { Escalation } from '@/shared/escalations';
import { dayAndTime } from '@/shared/time';
import { whyWords } from '@/shared/told';
import styles from './escalation.module.css';
import { standing, standingWords, stepWords } from './steps';

/** The way up so far, the latest step first. */
export function Steps({ steps }: { steps: Escalation[] }) {
  const { t } = useTranslation();
  const now = useNow();
  return (
    <ol className={styles.steps} aria-label={t('escalation.history')}>
      {steps.map((step) => (
        <li key={step.id} data-standing={standing(step, now)}>
          <span className={styles.stepTop}>
            <b>{stepWords(step, t)}</b>
            <time dateTime={step.created_at}>{dayAndTime(step.created_at)}</time>
          </span>
          <span>{standingWords(step, now, t)}</span>
          <small>
            {step.by_name ? t('escalation.asked', { name: step.by_name }) : t(`escalation.trigger_${step.trigger}`)}
            {' · '}
            {whyWords(step, t)}
          </small>
        </li>
      ))}
    </ol>
  );
}
