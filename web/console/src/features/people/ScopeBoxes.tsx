import { Checkbox } from 'antd';
import { useTranslation } from 'react-i18next';
import { type Permission, useMe } from '@/shared/session';
import styles from './people.module.css';
import { byArea } from './permissions';

interface Props {
  value?: Permission[];
  onChange?: (scopes: Permission[]) => void;
}

/** What one may do oneself, to be ticked for a program. */
export function ScopeBoxes({ value: scopes = [], onChange }: Props) {
  const { t } = useTranslation();
  const { permissions } = useMe();
  const toggle = (permission: Permission, on: boolean) =>
    onChange?.(on ? [...scopes, permission] : scopes.filter((one) => one !== permission));
  return (
    <div className={styles.scopes}>
      {byArea(permissions).map(([area, held]) => (
        <fieldset key={area}>
          <legend>{t(`permission.area.${area}`)}</legend>
          {held.map((permission) => (
            <Checkbox
              key={permission}
              checked={scopes.includes(permission)}
              onChange={(event) => toggle(permission, event.target.checked)}
            >
              {t(`permission.${permission}`)}
            </Checkbox>
          ))}
        </fieldset>
      ))}
    </div>
  );
}
