/** A crisis stands over every page until somebody has looked at it. */
import { App, Button } from 'antd';
import { useEffect, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import type { NoticeItem } from '@/shared/api';
import { crises } from './alerts';
import styles from './notices.module.css';
import { type About, titleOf, type useNotices } from './useNotices';

export function useCrises({ items, readOne }: ReturnType<typeof useNotices>, onOpen: (about: About) => void) {
  const { t } = useTranslation();
  const { notification } = App.useApp();
  const shown = useRef(new Set<string>());
  const { mutate: read } = readOne;

  useEffect(() => {
    const close = (id: string) => {
      shown.current.delete(id);
      notification.destroy(id);
    };
    const show = (item: NoticeItem) => {
      shown.current.add(item.id);
      const look = () => {
        close(item.id);
        read(item.id);
        onOpen(item);
      };
      notification.error({
        key: item.id,
        title: titleOf(item, t),
        description: [item.customer_name, item.details.ticket ?? item.text].filter(Boolean).join(' · '),
        duration: 0,
        placement: 'top',
        className: styles.crisis,
        actions: (
          <Button type="primary" onClick={look}>
            {t('notice.look')}
          </Button>
        ),
        onClose: () => {
          if (shown.current.delete(item.id)) read(item.id);
        },
      });
    };
    const open = crises(items);
    for (const id of shown.current) if (!open.some((item) => item.id === id)) close(id); // read elsewhere
    for (const item of open) if (!shown.current.has(item.id)) show(item);
  }, [items, notification, t, read, onOpen]);
}
