import { Skeleton } from 'antd';
import { useTranslation } from 'react-i18next';
import { i18next } from '@/i18n';
import '@/i18n/pages/permissions';
import { Again } from '@/shared/Again';
import { type Role, useRoles } from '@/shared/people';
import styles from './people.module.css';
import { byArea, inOrder, roleName } from './permissions';

/** What each role may do, in plain words. */
export default function RolesPage() {
  const { t } = useTranslation();
  const roles = useRoles();
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: a scrolling region must be reachable by keyboard
    <section className={styles.sheet} aria-label={t('app.roles')} tabIndex={0}>
      <p className={styles.soft}>{t('role.pageHint')}</p>
      {roles.isPending && <Skeleton active paragraph={{ rows: 8 }} />}
      {roles.error && (
        <p role="alert">
          {roles.error.message} <Again query={roles} />
        </p>
      )}
      <div className={styles.cards}>
        {inOrder(roles.data ?? []).map((role) => (
          <RoleCard key={role.code} role={role} />
        ))}
      </div>
      <p className={styles.soft}>{t('role.teamOnly')}</p>
    </section>
  );
}

function RoleCard({ role }: { role: Role }) {
  const { t } = useTranslation();
  const name = roleName(role, t);
  const hint = `role.${role.code}_hint`;
  return (
    <section className={styles.card} aria-label={name}>
      <h2>
        {name} {!role.builtin && <small>{t('role.custom')}</small>}
      </h2>
      <p className={styles.soft}>
        {role.builtin && i18next.exists(hint)
          ? t(hint as 'role.agent_hint')
          : t('role.holds', { count: role.permissions.length })}
      </p>
      <dl className={styles.areas}>
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
