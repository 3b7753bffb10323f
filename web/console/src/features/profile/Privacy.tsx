import { Button } from 'antd';
import { lazy, Suspense, useState } from 'react';
import { useTranslation } from 'react-i18next';
import '@/i18n/pages/memory';
import { Part } from './Part';
import styles from './profile.module.css';

const PrivacyDialog = lazy(() => import('./PrivacyDialog'));

/** For who looks after privacy: what customers may ask for by law. */
export function Privacy({ customerId }: { customerId: string }) {
  const { t } = useTranslation();
  const [asked, setAsked] = useState<'export' | 'erase' | null>(null);
  return (
    <Part id="privacy" title={t('memory.privacy')}>
      <p className={styles.soft}>{t('memory.privacyHint')}</p>
      <div className={styles.rights}>
        <Button size="small" onClick={() => setAsked('export')}>
          {t('memory.export')}
        </Button>
        <Button size="small" danger onClick={() => setAsked('erase')}>
          {t('memory.erase')}
        </Button>
      </div>
      {asked && (
        <Suspense>
          <PrivacyDialog what={asked} customerId={customerId} onClose={() => setAsked(null)} />
        </Suspense>
      )}
    </Part>
  );
}
