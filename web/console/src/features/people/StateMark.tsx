import { useTranslation } from 'react-i18next';
import type { State } from './drafts';
import styles from './people.module.css';

/** Whether somebody works here, in a word and a colour. */
export function StateMark({ state }: { state: State }) {
  const { t } = useTranslation();
  return <span className={`${styles.state} ${styles[state]}`}>{t(`people.state_${state}`)}</span>;
}
