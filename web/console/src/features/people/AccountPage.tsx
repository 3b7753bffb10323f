import { useTranslation } from 'react-i18next';
import '@/i18n/pages/account';
import { useMe } from '@/shared/session';
import { Devices } from './Devices';
import { PasswordForm } from './PasswordForm';
import styles from './people.module.css';

/** One's own account: who one is here, the password, the devices that are signed in. */
export default function AccountPage() {
  const { t } = useTranslation();
  const { staff } = useMe();
  const places = [...staff.departments, ...staff.teams].map(({ name }) => name);
  return (
    <main className={styles.sheet}>
      <h1>{t('app.account')}</h1>
      <section className={styles.card} aria-label={staff.display_name}>
        <h2>{staff.display_name}</h2>
        <dl className={styles.facts}>
          <dt>{t('account.login')}</dt>
          <dd>{staff.login}</dd>
          <dt>{t('account.teams')}</dt>
          <dd>{places.join(' · ') || t('account.none')}</dd>
        </dl>
      </section>
      <section className={styles.card} aria-label={t('account.password')}>
        <h2>{t('account.password')}</h2>
        <p className={styles.soft}>{t('account.changeHint')}</p>
        <PasswordForm />
      </section>
      <Devices />
    </main>
  );
}
