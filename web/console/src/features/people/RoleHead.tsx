import { useMutation, useQueryClient } from '@tanstack/react-query';
import { Alert, App, Button } from 'antd';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { Problem } from '@/shared/api';
import { people, ROLES, type Role } from '@/shared/people';
import { useMay, useMe } from '@/shared/session';
import styles from './people.module.css';
import { roleName } from './permissions';
import { fixedBy } from './roles';

interface Props {
  role: Role;
  onCopy: () => void;
  onDeleted: () => void;
}

/** Which role is open, who holds it, and what else can be done with it. */
export function RoleHead({ role, onCopy, onDeleted }: Props) {
  const { t } = useTranslation();
  const { message, modal } = App.useApp();
  const queries = useQueryClient();
  const me = useMe();
  const manages = useMay('staff.manage');
  const name = roleName(role, t);
  const fixed = fixedBy(role, me);
  const remove = useMutation({
    mutationFn: () => people.deleteRole(role.id),
    onSuccess: async () => {
      void message.success(t('roles.deleted', { name }));
      onDeleted();
      await queries.invalidateQueries({ queryKey: ROLES });
    },
    onError: () => void queries.invalidateQueries({ queryKey: ROLES }),
  });
  const ask = () =>
    modal.confirm({
      title: t('roles.deleteSure', { name }),
      content: t('roles.deleteText'),
      okText: t('roles.delete'),
      okButtonProps: { danger: true },
      onOk: () => remove.mutate(),
    });
  const there = `/manage/staff?role=${role.code}`;
  const inUse = remove.error instanceof Problem && remove.error.code === 'role_in_use';
  return (
    <>
      <header className={styles.head}>
        <h2>{name}</h2>
        {role.builtin && <small>{t('roles.builtin')}</small>}
        {role.holders === 0 && <small>{t('roles.nobody')}</small>}
        {Boolean(role.holders) && <Link to={there}>{t('roles.holders', { count: role.holders ?? 0 })}</Link>}
        {manages && (
          <span className={styles.actions}>
            <Button onClick={onCopy}>{t('roles.copy')}</Button>
            {!fixed && (
              <Button danger loading={remove.isPending} onClick={ask}>
                {t('roles.delete')}
              </Button>
            )}
          </span>
        )}
      </header>
      {remove.error && (
        <Alert
          type="error"
          role="alert"
          showIcon
          title={remove.error.message}
          action={inUse && <Link to={there}>{t('roles.seeThem')}</Link>}
        />
      )}
      {manages && fixed && <p className={styles.soft}>{t(fixed === 'builtin' ? 'roles.fixed' : 'roles.beyond')}</p>}
    </>
  );
}
