import { useTranslation } from 'react-i18next';
import type { Role } from '@/shared/people';
import styles from './people.module.css';
import { byArea, roleHint, roleName } from './permissions';

/** What a role lets people do, to be read. */
export function RoleCard({ role }: { role: Role }) {
  const { t } = useTranslation();
  return (
    <section className={styles.card} aria-label={roleName(role, t)}>
      <p className={styles.soft}>{roleHint(role, t)}</p>
      <dl className={`${styles.areas} ${styles.spread}`}>
        {byArea(role.permissions).map(([area, permissions]) => (
          <div key={area}>
            <dt>{t(`permission.area.${area}`)}</dt>
            {permissions.map((permission) => (
              <dd key={permission}>{t(`permission.${permission}`)}</dd>
            ))}
          </div>
        ))}
      </dl>
    </section>
  );
}
