import { Segmented } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useSearchParams } from 'react-router';
import '@/i18n/pages/people';
import '@/i18n/pages/permissions';
import { Departments } from './Departments';
import { Members } from './Members';
import styles from './people.module.css';

type Part = 'members' | 'places';

/** Who works here, and in which departments and teams. */
export default function StaffPage() {
  const { t } = useTranslation();
  const [part, setPart] = useState<Part>('members');
  const [place, setPlace] = useState('');
  const [address, setAddress] = useSearchParams();
  const putRole = (role: string) => setAddress(role ? { role } : {}, { replace: true });
  const switcher = (
    <Segmented<Part>
      value={part}
      onChange={setPart}
      aria-label={t('app.staff')}
      options={(['members', 'places'] as const).map((value) => ({ value, label: t(`people.${value}`) }))}
    />
  );
  const see = (chosen: string) => {
    setPlace(chosen);
    putRole('');
    setPart('members');
  };
  return part === 'members' ? (
    <Members place={place} role={address.get('role') ?? ''} onPlace={setPlace} onRole={putRole} switcher={switcher} />
  ) : (
    <div className={styles.sheet}>
      <div>{switcher}</div>
      <Departments onSee={see} />
    </div>
  );
}
