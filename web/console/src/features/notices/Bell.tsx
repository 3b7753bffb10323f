import { BellOutlined } from '@ant-design/icons';
import { Popover, Skeleton } from 'antd';
import { lazy, Suspense, useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import styles from './notices.module.css';
import { useCrises } from './useCrises';
import { type About, useNotices } from './useNotices';

const NoticeList = lazy(() => import('./NoticeList'));

/** How many notices wait; a click shows them. */
export function Bell({ className, onOpen }: { className?: string; onOpen: (about: About) => void }) {
  const { t } = useTranslation();
  const [shown, setShown] = useState(false);
  const notices = useNotices(onOpen);
  const { unread } = notices;
  useCrises(notices, onOpen);

  useEffect(() => {
    if (!shown) return;
    const pressed = (event: KeyboardEvent) => {
      if (event.key === 'Escape') setShown(false);
    };
    window.addEventListener('keydown', pressed);
    return () => window.removeEventListener('keydown', pressed);
  }, [shown]);

  const list = (
    <Suspense fallback={<Skeleton className={styles.list} active title={false} paragraph={{ rows: 4 }} />}>
      <NoticeList
        notices={notices}
        onOpen={(about) => {
          setShown(false);
          onOpen(about);
        }}
      />
    </Suspense>
  );
  return (
    <Popover
      content={list}
      trigger="click"
      placement="rightBottom"
      open={shown}
      onOpenChange={setShown}
      styles={{ container: { padding: 0 } }}
    >
      <button
        type="button"
        className={`${className ?? ''} ${styles.bell}`}
        aria-label={unread > 0 ? t('notice.unread', { count: unread }) : t('notice.bell')}
        aria-expanded={shown}
      >
        <BellOutlined aria-hidden />
        {unread > 0 && (
          <span className={styles.count} aria-hidden>
            {unread > 99 ? '99+' : unread}
          </span>
        )}
      </button>
    </Popover>
  );
}
