import { useTranslation } from 'react-i18next';
import type { Decision } from '@/shared/api';
import type { ConditionName } from './table';
import styles from './triage.module.css';
import { useWords } from './useTriage';

/** A decision: what it brings about, which rules led to it, and what they saw. */
export function Because({ decision }: { decision: Decision }) {
  const { t } = useTranslation();
  const words = useWords();
  return (
    <div>
      <b>{words.effects(decision).join(' · ')}</b>
      <ul className={styles.because}>
        {decision.matched.map((match) => (
          <li key={match.rule}>
            {words.titleOf(match)}
            <small>
              {match.facts.map(({ condition, value }) => {
                const name = condition as ConditionName;
                return ` · ${t(`triage.condition_${name}`)} ${words.value(name, value)}`;
              })}
            </small>
          </li>
        ))}
      </ul>
    </div>
  );
}
