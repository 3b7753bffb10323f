import { useTranslation } from 'react-i18next';
import { NavLink, Outlet } from 'react-router';
import styles from './knowledge.module.css';

/** What the shop knows, one page each. */
export default function KnowledgePage() {
  const { t } = useTranslation();
  return (
    <div className={styles.page}>
      <header className={styles.top}>
        <h1>{t('knowledge.nav')}</h1>
        <nav aria-label={t('knowledge.nav')}>
          <NavLink to="/knowledge/graph">{t('knowledge.graph')}</NavLink>
        </nav>
      </header>
      <Outlet />
    </div>
  );
}
