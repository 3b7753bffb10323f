import { PlusOutlined } from '@ant-design/icons';
import { useQuery } from '@tanstack/react-query';
import { Button, Empty, Skeleton } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import '@/i18n/pages/keys';
import '@/i18n/pages/permissions';
import { Again } from '@/shared/Again';
import { type ApiKeyMade, people } from '@/shared/people';
import { KeyDialog } from './KeyDialog';
import { KeyRow } from './KeyRow';
import { stateOfKey } from './keys';
import styles from './people.module.css';
import { ShownOnce } from './ShownOnce';

/** What lets programs in: who made it, what it may do, whether it is used. */
export default function KeysPage() {
  const { t } = useTranslation();
  const [adding, setAdding] = useState(false);
  const [made, setMade] = useState<ApiKeyMade | null>(null);
  const [ended, setEnded] = useState(false);
  const keys = useQuery({ queryKey: ['api-keys'], queryFn: people.keys });
  const now = Date.now();
  const over = keys.data?.filter((key) => stateOfKey(key, now) !== 'valid') ?? [];
  const shown = keys.data?.filter((key) => ended || !over.includes(key)) ?? [];
  return (
    <div className={styles.sheet}>
      <p className={styles.soft}>{t('keys.hint')}</p>
      <div className={styles.bar}>
        {keys.data && (
          <Button type="primary" icon={<PlusOutlined aria-hidden />} onClick={() => setAdding(true)}>
            {t('keys.add')}
          </Button>
        )}
        {over.length > 0 && (
          <Button type="text" onClick={() => setEnded(!ended)}>
            {ended ? t('keys.hideEnded') : t('keys.showEnded', { count: over.length })}
          </Button>
        )}
      </div>
      {keys.isPending && <Skeleton active />}
      {keys.error && (
        <p role="alert">
          {keys.error.message} <Again query={keys} />
        </p>
      )}
      {keys.data && shown.length === 0 && <Empty image={Empty.PRESENTED_IMAGE_SIMPLE} description={t('keys.empty')} />}
      <ul className={`${styles.rows} ${styles.boxes}`}>
        {shown.map((key) => (
          <KeyRow key={key.id} apiKey={key} state={stateOfKey(key, now)} />
        ))}
      </ul>
      {adding && (
        <KeyDialog
          onClose={() => setAdding(false)}
          onMade={(one) => {
            setAdding(false);
            setMade(one);
          }}
        />
      )}
      {made && (
        <ShownOnce
          title={t('keys.made', { name: made.api_key.name })}
          secret={made.key}
          copy={t('keys.copy')}
          copied={t('keys.copied')}
          done={t('keys.done')}
          onDone={() => setMade(null)}
        >
          <p>{t('keys.once')}</p>
          <p>{t('keys.use')}</p>
        </ShownOnce>
      )}
    </div>
  );
}
