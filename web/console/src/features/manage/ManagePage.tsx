import { useTranslation } from 'react-i18next';
import { NavLink, Outlet } from 'react-router';
import { useMay } from '@/shared/session';
import styles from './manage.module.css';

/** What people keep for their work, one page each. */
export default function ManagePage() {
  const { t } = useTranslation();
  const routes = useMay('routing.manage');
  const keepsKnowledge = useMay('knowledge.edit');
  const managesTickets = useMay('tickets.manage');
  return (
    <main className={styles.page}>
      <header className={styles.top}>
        <h1>{t('manage.nav')}</h1>
        <nav aria-label={t('manage.nav')}>
          <NavLink to="/manage/replies">{t('manage.replies')}</NavLink>
          <NavLink to="/manage/macros">{t('manage.macros')}</NavLink>
          {routes && <NavLink to="/manage/levels">{t('app.levels')}</NavLink>}
          {routes && <NavLink to="/manage/triage">{t('manage.triage')}</NavLink>}
          {routes && <NavLink to="/manage/chain">{t('app.chain')}</NavLink>}
          {routes && <NavLink to="/manage/skills">{t('manage.skills')}</NavLink>}
          {keepsKnowledge && <NavLink to="/manage/labels">{t('app.labels')}</NavLink>}
          {managesTickets && <NavLink to="/manage/kinds">{t('ticket.kinds')}</NavLink>}
        </nav>
      </header>
      <Outlet />
    </main>
  );
}
