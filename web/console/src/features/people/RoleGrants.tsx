import { DeleteOutlined, PlusOutlined } from '@ant-design/icons';
import { Button, Select } from 'antd';
import { useTranslation } from 'react-i18next';
import { type RoleGrant, useDepartments, useRoles } from '@/shared/people';
import { useMe } from '@/shared/session';
import { isBeyond, placeKey, placeOf, placeOptions } from './drafts';
import styles from './people.module.css';
import { inOrder, roleName } from './permissions';

interface Props {
  value?: RoleGrant[];
  onChange?: (grants: RoleGrant[]) => void;
}

/** Which roles somebody holds, and where each counts. */
export function RoleGrants({ value: grants = [], onChange }: Props) {
  const { t } = useTranslation();
  const me = useMe();
  const roles = useRoles();
  const departments = useDepartments();
  const places = [{ value: '', label: t('role.everywhere') }, ...placeOptions(departments.data ?? [])];
  const options = inOrder(roles.data ?? []).map((role) => {
    const name = roleName(role, t);
    const beyond = isBeyond(role, me);
    return { value: role.code, label: beyond ? t('people.beyond', { name }) : name, disabled: beyond };
  });
  const put = (at: number, grant: RoleGrant) => onChange?.(grants.map((one, index) => (index === at ? grant : one)));
  return (
    <div className={styles.grants}>
      {grants.map((grant, at) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: the same role may stand twice, at two places
        <div key={at} className={styles.grant}>
          <Select
            value={grant.role || undefined}
            options={options}
            loading={roles.isPending}
            aria-label={t('people.role', { number: at + 1 })}
            placeholder={t('people.roles')}
            onChange={(role) => put(at, { ...grant, role })}
          />
          <Select
            value={placeKey(grant)}
            options={places}
            aria-label={t('people.roleScope', { number: at + 1 })}
            showSearch={{ optionFilterProp: 'label' }}
            onChange={(key) => put(at, { role: grant.role, ...placeOf(key) })}
          />
          <Button
            type="text"
            icon={<DeleteOutlined aria-hidden />}
            aria-label={t('people.removeRole', { number: at + 1 })}
            onClick={() => onChange?.(grants.filter((_, index) => index !== at))}
          />
        </div>
      ))}
      <Button
        type="dashed"
        icon={<PlusOutlined aria-hidden />}
        disabled={grants.length >= 20}
        onClick={() => onChange?.([...grants, { role: '' }])}
      >
        {t('people.addRole')}
      </Button>
      {grants.some((grant) => placeKey(grant)) && <small>{t('role.teamOnly')}</small>}
    </div>
  );
}
