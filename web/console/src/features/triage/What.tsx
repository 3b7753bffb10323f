import { useTranslation } from 'react-i18next';
import type { TriageRule } from '@/shared/api';
import styles from './triage.module.css';
import { useWords } from './useTriage';

/** When a rule applies, and what it brings about then. */
export function What({ rule }: { rule: TriageRule }) {
  const { t } = useTranslation();
  const words = useWords();
  const conditions = words.conditions(rule.when);
  return (
    <p className={styles.soft}>
      {conditions.length === 0 && t('triage.always')}
      {conditions.map(({ name, label, text }) => (
        <span key={name} className={styles.chip}>
          {label} {text}
        </span>
      ))}
      <span aria-hidden> → </span>
      <b>
        {!rule.effects?.answerer && `${t('triage.addsOnly')} · `}
        {words.effects(rule.effects).join(' · ')}
      </b>
    </p>
  );
}
