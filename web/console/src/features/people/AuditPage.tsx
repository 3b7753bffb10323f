import { useInfiniteQuery } from '@tanstack/react-query';
import { Button, Empty, Skeleton } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import '@/i18n/pages/audit';
import '@/i18n/pages/people';
import { Again } from '@/shared/Again';
import { readAudit } from '@/shared/audit';
import { ALL_ENTRIES, AuditFilters, type Wanted } from './AuditFilters';
import { AuditRow } from './AuditRow';
import styles from './people.module.css';
import { useSettled } from './useSettled';

/** Who saw or changed what, latest first. */
export default function AuditPage() {
  const { t } = useTranslation();
  const [wanted, setWanted] = useState<Wanted>(ALL_ENTRIES);
  const { actor_name: _, object_id, ...rest } = wanted;
  const query = { ...rest, object_id: useSettled(object_id ?? '') || undefined, limit: 50 };
  const pages = useInfiniteQuery({
    queryKey: ['audit', query],
    queryFn: ({ pageParam }) => readAudit({ ...query, cursor: pageParam }),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: (page) => page.next_cursor ?? undefined,
    staleTime: 0,
  });
  const lines = pages.data?.pages.flatMap((page) => page.items);
  return (
    <div className={styles.sheet}>
      <p className={styles.soft}>{t('audit.hint')}</p>
      <AuditFilters wanted={wanted} onChange={setWanted} />
      {pages.isPending && <Skeleton active paragraph={{ rows: 8 }} />}
      {pages.error && (
        <p role="alert">
          {pages.error.message} <Again query={pages} />
        </p>
      )}
      {lines?.length === 0 && <Empty image={Empty.PRESENTED_IMAGE_SIMPLE} description={t('audit.empty')} />}
      {lines && lines.length > 0 && (
        <table className={styles.trail} aria-label={t('app.audit')}>
          <thead>
            <tr>
              {(['when', 'who', 'what', 'object', 'why', 'details'] as const).map((column) => (
                <th key={column} scope="col">
                  {t(`audit.${column}`)}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {lines.map((line) => (
              <AuditRow key={line.id} line={line} onWant={(part) => setWanted({ ...wanted, ...part })} />
            ))}
          </tbody>
        </table>
      )}
      {pages.hasNextPage && (
        <div>
          <Button loading={pages.isFetchingNextPage} onClick={() => void pages.fetchNextPage()}>
            {t('audit.more')}
          </Button>
        </div>
      )}
    </div>
  );
}
