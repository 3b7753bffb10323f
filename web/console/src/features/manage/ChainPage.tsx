import '@/i18n/pages/chain';
import '@/i18n/pages/kinds';
import { useQuery } from '@tanstack/react-query';
import { Skeleton } from 'antd';
import { useTranslation } from 'react-i18next';
import { CHAIN, escalations, type PublishedChain } from '@/shared/escalations';
import { Failed } from '@/shared/Failed';
import { dayAndTime } from '@/shared/time';
import { ChainEditor } from './ChainEditor';
import styles from './chain.module.css';

/** Who is asked for help, one after the other: the graph in force, changed and published. */
export default function ChainPage() {
  const { t } = useTranslation();
  const chain = useQuery({
    queryKey: CHAIN,
    queryFn: escalations.chain,
    staleTime: 0,
    refetchOnReconnect: false, // somebody may be changing it
  });
  return (
    <div className={styles.page}>
      <header>
        <h2>{t('app.chain')}</h2>
        <p className={styles.soft}>{t('chain.intro')}</p>
      </header>
      {chain.isPending && <Skeleton active paragraph={{ rows: 8 }} />}
      <Failed query={chain} />
      {chain.data && (
        <>
          <InForce published={chain.data} />
          <ChainEditor key={chain.data.version} published={chain.data} />
        </>
      )}
    </div>
  );
}

function InForce({ published: { version, by_name, at, reason } }: { published: PublishedChain }) {
  const { t } = useTranslation();
  if (!at) return <p>{t('chain.shipped')}</p>;
  return (
    <p>
      <b>{t('chain.version', { version })}</b>{' '}
      <span className={styles.soft}>
        {t('chain.publishedBy', { name: by_name, time: dayAndTime(at) })} · {reason}
      </span>
    </p>
  );
}
