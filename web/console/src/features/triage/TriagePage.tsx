import '@/i18n/pages/triage';
import { useQuery } from '@tanstack/react-query';
import { Segmented, Skeleton } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { api } from '@/shared/api';
import { Failed } from '@/shared/Failed';
import { DryRun } from './DryRun';
import { History } from './History';
import { ReleaseNews } from './ReleaseNews';
import { Rules } from './Rules';
import { TryOut } from './TryOut';
import styles from './triage.module.css';
import { DRAFT } from './useTriage';

type Part = 'rules' | 'dryRun' | 'history';

/** The rules that decide who answers: changed in a draft, tried on the past, published, rolled back. */
export default function TriagePage() {
  const { t } = useTranslation();
  const [part, setPart] = useState<Part>('rules');
  const draft = useQuery({ queryKey: DRAFT, queryFn: api.triageDraft });
  return (
    <section className={styles.page} aria-label={t('manage.triage')}>
      <Segmented<Part>
        value={part}
        onChange={setPart}
        aria-label={t('manage.triage')}
        options={(['rules', 'dryRun', 'history'] as const).map((value) => ({ value, label: t(`triage.${value}`) }))}
      />
      {draft.isPending && <Skeleton active paragraph={{ rows: 8 }} />}
      <Failed query={draft} />
      {draft.data && part === 'rules' && <ReleaseNews />}
      {draft.data && part === 'rules' && (
        <div className={styles.columns}>
          <Rules checked={draft.data} />
          <TryOut revision={draft.data.draft.revision} />
        </div>
      )}
      {draft.data && part === 'dryRun' && <DryRun hasDraft={draft.data.draft.revision > 0} />}
      {part === 'history' && <History />}
    </section>
  );
}
