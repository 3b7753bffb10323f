import { useTranslation } from 'react-i18next';
import { NavLink } from 'react-router';
import { Sections } from '@/shared/Sections';
import { useMay } from '@/shared/session';
import styles from './manage.module.css';

/** What people keep for their work, one page each. */
export default function ManagePage() {
  const { t } = useTranslation();
  const routes = useMay('routing.manage');
  const managesTickets = useMay('tickets.manage');
  const seesStaff = useMay('staff.read');
  const makesKeys = useMay('api_keys.manage');
  const audits = useMay('audit.read');
  return (
    <main className={styles.page}>
      <Sections title={t('manage.nav')}>
        <NavLink to="/manage/replies">{t('manage.replies')}</NavLink>
        <NavLink to="/manage/macros">{t('manage.macros')}</NavLink>
        {routes && <NavLink to="/manage/levels">{t('app.levels')}</NavLink>}
        {routes && <NavLink to="/manage/triage">{t('manage.triage')}</NavLink>}
        {routes && <NavLink to="/manage/chain">{t('app.chain')}</NavLink>}
        {routes && <NavLink to="/manage/skills">{t('manage.skills')}</NavLink>}
        {routes && <NavLink to="/manage/outreach">{t('app.outreach')}</NavLink>}
        {managesTickets && <NavLink to="/manage/kinds">{t('ticket.kinds')}</NavLink>}
        {seesStaff && <NavLink to="/manage/staff">{t('app.staff')}</NavLink>}
        {seesStaff && <NavLink to="/manage/roles">{t('app.roles')}</NavLink>}
        {makesKeys && <NavLink to="/manage/keys">{t('app.keys')}</NavLink>}
        {audits && <NavLink to="/manage/audit">{t('app.audit')}</NavLink>}
      </Sections>
    </main>
  );
}
