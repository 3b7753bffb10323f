import '@/i18n/pages/skills';
import { useQuery } from '@tanstack/react-query';
import { Segmented, Skeleton } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { api } from '@/shared/api';
import { Failed } from '@/shared/Failed';
import { Grades } from './Grades';
import { Rules } from './Rules';
import styles from './skills.module.css';

type Part = 'table' | 'rules';

/** Who can do what, and by which limits work is given out. */
export default function SkillsPage() {
  const { t } = useTranslation();
  const [part, setPart] = useState<Part>('table');
  const table = useQuery({ queryKey: ['skills'], queryFn: api.skills });
  return (
    <div className={styles.page}>
      <Segmented<Part>
        value={part}
        onChange={setPart}
        aria-label={t('manage.skills')}
        options={[
          { value: 'table', label: t('skills.table') },
          { value: 'rules', label: t('skills.rules') },
        ]}
      />
      {part === 'rules' && <Rules />}
      {part === 'table' && table.isPending && <Skeleton active paragraph={{ rows: 8 }} />}
      {part === 'table' && <Failed query={table} />}
      {part === 'table' && table.data && <Grades table={table.data} />}
    </div>
  );
}
