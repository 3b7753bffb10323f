import { useTranslation } from 'react-i18next';
import { NavLink, Outlet } from 'react-router';
import { useMay } from '@/shared/session';
import styles from './knowledge.module.css';

/** What the shop knows, one page each. */
export default function KnowledgePage() {
  const { t } = useTranslation();
  const reads = useMay('knowledge.read');
  const edits = useMay('knowledge.edit');
  return (
    <div className={styles.page}>
      <header className={styles.top}>
        <h1>{t('knowledge.nav')}</h1>
        <nav aria-label={t('knowledge.nav')}>
          {reads && <NavLink to="/knowledge/articles">{t('knowledge.articles')}</NavLink>}
          {reads && <NavLink to="/knowledge/proposals">{t('knowledge.proposals')}</NavLink>}
          {reads && <NavLink to="/knowledge/overview">{t('knowledge.overview')}</NavLink>}
          <NavLink to="/knowledge/graph">{t('knowledge.graph')}</NavLink>
          {edits && <NavLink to="/knowledge/labels">{t('app.labels')}</NavLink>}
        </nav>
      </header>
      <Outlet />
    </div>
  );
}
