import { Checkbox } from 'antd';
import { useTranslation } from 'react-i18next';
import { type Permission, useMe } from '@/shared/session';
import styles from './people.module.css';
import { ALL, byArea } from './permissions';
import { mayGive } from './roles';

interface Props {
  value?: Permission[];
  onChange?: (chosen: Permission[]) => void;
}

/** Everything that a role may confer, by area. What one cannot give oneself can be seen, but not ticked. */
export function PermissionBoxes({ value: chosen = [], onChange }: Props) {
  const { t } = useTranslation();
  const me = useMe();
  const put = (some: readonly Permission[], on: boolean) =>
    onChange?.(ALL.filter((one) => (some.includes(one) ? on : chosen.includes(one))));
  return (
    <div className={styles.scopes}>
      {byArea(ALL).map(([area, permissions]) => {
        const givable = permissions.filter((one) => mayGive(me, one));
        const ticked = givable.filter((one) => chosen.includes(one)).length;
        const name = t(`permission.area.${area}`);
        return (
          <fieldset key={area}>
            <legend>
              {name}
              {givable.length > 1 && (
                <Checkbox
                  checked={ticked === givable.length}
                  indeterminate={ticked > 0 && ticked < givable.length}
                  onChange={(event) => put(givable, event.target.checked)}
                  aria-label={t('roles.allOf', { area: name })}
                >
                  <small>{t('roles.all')}</small>
                </Checkbox>
              )}
            </legend>
            {permissions.map((permission) => (
              <Checkbox
                key={permission}
                checked={chosen.includes(permission)}
                disabled={!givable.includes(permission)}
                title={givable.includes(permission) ? undefined : t('roles.notYours')}
                onChange={(event) => put([permission], event.target.checked)}
              >
                {t(`permission.${permission}`)}
              </Checkbox>
            ))}
          </fieldset>
        );
      })}
    </div>
  );
}
