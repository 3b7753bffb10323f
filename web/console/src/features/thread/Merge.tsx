import { useQuery } from '@tanstack/react-query';
import { Button, Empty, Modal, Spin } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { api, type Conversation } from '@/shared/api';
import { dayAndTime } from '@/shared/time';
import styles from './transfer.module.css';

interface Props {
  head: Conversation;
  onMerge: (otherId: string) => void;
  onClose: () => void;
}

/** The customer's other conversations, one of which is the same matter. */
export default function Merge({ head, onMerge, onClose }: Props) {
  const { t } = useTranslation();
  const [chosen, setChosen] = useState<string | null>(null);
  const query = { customer_id: head.customer_id, shop: head.shop, limit: 50 };
  const past = useQuery({ queryKey: ['past', head.customer_id, head.shop], queryFn: () => api.conversations(query) });
  const others = past.data?.items.filter(({ conversation }) => conversation.id !== head.id) ?? [];
  return (
    <Modal
      title={t('merge.title')}
      open
      onCancel={onClose}
      width={480}
      footer={
        <>
          <Button onClick={onClose}>{t('app.cancel')}</Button>
          <Button type="primary" disabled={!chosen} onClick={() => chosen && onMerge(chosen)}>
            {t('merge.submit')}
          </Button>
        </>
      }
    >
      <p>{t('merge.hint')}</p>
      {past.isPending && <Spin className={styles.targets} />}
      {past.isError && <p role="alert">{past.error.message}</p>}
      {past.data && others.length === 0 && <Empty image={Empty.PRESENTED_IMAGE_SIMPLE} description={t('merge.none')} />}
      <div className={styles.targets} role="radiogroup" aria-label={t('merge.title')}>
        {others.map(({ conversation: other }) => (
          <label key={other.id} className={styles.target}>
            <input
              type="radio"
              name="merge-target"
              checked={chosen === other.id}
              onChange={() => setChosen(other.id)}
            />
            <span className={styles.past}>
              {other.preview}
              <small>
                {dayAndTime(other.created_at)} · {t(`state.${other.state}`)}
              </small>
            </span>
          </label>
        ))}
      </div>
    </Modal>
  );
}
