import '@/i18n/pages/review';
import { Segmented } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Models } from './Models';
import { Queue } from './Queue';
import styles from './review.module.css';

type Part = 'queue' | 'models';

/** Misjudged messages are corrected, candidates taught from that, and published when they are not worse. */
export default function ReviewPage() {
  const { t } = useTranslation();
  const [part, setPart] = useState<Part>('queue');
  return (
    <main className={styles.page}>
      <header className={styles.top}>
        <h1>{t('review.title')}</h1>
        <Segmented<Part>
          value={part}
          onChange={setPart}
          aria-label={t('review.title')}
          options={[
            { value: 'queue', label: t('review.queue') },
            { value: 'models', label: t('review.models') },
          ]}
        />
      </header>
      {part === 'queue' ? <Queue /> : <Models />}
    </main>
  );
}
