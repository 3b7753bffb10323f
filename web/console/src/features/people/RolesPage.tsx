import { PlusOutlined } from '@ant-design/icons';
import { Button, Empty, Skeleton } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import '@/i18n/pages/permissions';
import '@/i18n/pages/roles';
import columns from '@/shared/columns.module.css';
import { Failed } from '@/shared/Failed';
import { type Role, useRoles } from '@/shared/people';
import { useMay, useMe } from '@/shared/session';
import { useLeave } from '@/shared/useLeave';
import styles from './people.module.css';
import { inOrder, roleHint, roleName } from './permissions';
import { RoleCard } from './RoleCard';
import { RoleForm } from './RoleForm';
import { RoleHead } from './RoleHead';
import { BLANK_ROLE, copyOf, draftOfRole, fixedBy, type RoleDraft } from './roles';

interface Opened {
  /** None: it is new. */
  id: string | null;
  draft: RoleDraft;
  /** The one that is being changed. */
  version: number;
  /** Another for each time that something was opened. */
  turn: number;
}

/** All roles; what the open one lets people do, and for who manages staff a form to change it. */
export default function RolesPage() {
  const { t } = useTranslation();
  const me = useMe();
  const manages = useMay('staff.manage');
  const roles = useRoles();
  const [opened, setOpened] = useState<Opened | null>(null);
  const [changed, setChanged] = useState(false);
  const leave = useLeave(changed);
  const role = roles.data?.find(({ id }) => id === opened?.id);

  const put = (id: string | null, draft: RoleDraft, version = 0) => {
    setChanged(false);
    setOpened((before) => ({ id, draft, version, turn: (before?.turn ?? 0) + 1 }));
  };
  const show = (one: Role) => put(one.id, draftOfRole(one), one.version);
  const copy = (from: Role) => put(null, copyOf(from, t('roles.copyOf', { name: roleName(from, t) }), me));
  const close = () => {
    setChanged(false);
    setOpened(null);
  };

  return (
    <div className={columns.columns}>
      <section className={columns.list} aria-label={t('roles.list')}>
        {manages && (
          <div className={columns.bar}>
            <Button
              type="primary"
              icon={<PlusOutlined aria-hidden />}
              onClick={() => leave(() => put(null, BLANK_ROLE))}
            >
              {t('roles.add')}
            </Button>
          </div>
        )}
        {roles.isPending && <Skeleton active paragraph={{ rows: 8 }} />}
        <Failed query={roles} />
        <ul>
          {inOrder(roles.data ?? []).map((one) => (
            <li key={one.id}>
              <button type="button" aria-current={one.id === opened?.id} onClick={() => leave(() => show(one))}>
                <Line role={one} />
              </button>
            </li>
          ))}
        </ul>
        <p className={styles.foot}>{t('role.teamOnly')}</p>
      </section>
      <section className={columns.open}>
        {!opened && (
          <Empty image={Empty.PRESENTED_IMAGE_SIMPLE} description={t(manages ? 'roles.chooseOrAdd' : 'roles.choose')} />
        )}
        {role && <RoleHead key={role.id} role={role} onCopy={() => leave(() => copy(role))} onDeleted={close} />}
        {role && (!manages || fixedBy(role, me)) && <RoleCard role={role} />}
        {opened && !opened.id && <h2>{t('roles.add')}</h2>}
        {opened && manages && (!opened.id || (role && !fixedBy(role, me))) && (
          <RoleForm
            key={opened.turn}
            role={role ?? null}
            kept={opened.draft}
            onChanged={() => setChanged(true)}
            version={opened.version}
            onSaved={show}
          />
        )}
      </section>
    </div>
  );
}

function Line({ role }: { role: Role }) {
  const { t } = useTranslation();
  const name = roleName(role, t);
  return (
    <>
      <span className={columns.lineTop}>
        <b title={name}>{name}</b>
        <small className={styles.end}>
          {role.builtin ? t('roles.builtin') : t('role.custom')}
          {role.holders !== null && ` · ${t('roles.holders', { count: role.holders })}`}
        </small>
      </span>
      <span className={columns.lineText}>{roleHint(role, t)}</span>
    </>
  );
}
