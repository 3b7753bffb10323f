import { useTranslation } from 'react-i18next';
import type { Source } from '@/client/types.gen';
import styles from './graph.module.css';

/** Who says so. */
export function Sources({ sources }: { sources: Source[] }) {
  const { t } = useTranslation();
  if (sources.length === 0) return null;
  return (
    <section className={styles.sources}>
      <h3>{t('graph.sources')}</h3>
      <ul>
        {sources.map(({ id, title, publisher, year }) => (
          <li key={id}>
            {title} <small>{[publisher, year].filter(Boolean).join(' · ')}</small>
          </li>
        ))}
      </ul>
    </section>
  );
}
