import { TagOutlined } from '@ant-design/icons';
import { Popover } from 'antd';
import { lazy, Suspense, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { ConversationItem, Label } from '@/shared/api';
import { LabelChip } from '@/shared/LabelChip';
import { useMay } from '@/shared/session';
import styles from './labels.module.css';
import type { useMarks } from './marks';

const LabelPicker = lazy(() => import('./LabelPicker'));
const LabelManager = lazy(() => import('./LabelManager'));

interface Props {
  item: ConversationItem;
  marks: ReturnType<typeof useMarks>;
}

/** What colleagues have put on the conversation, and where to change it. */
export function Labels({ item, marks }: Props) {
  const { t } = useTranslation();
  const mayReply = useMay('conversations.reply');
  const [picking, setPicking] = useState(false);
  const [managing, setManaging] = useState(false);
  const { labels } = item;
  const manage = () => {
    setPicking(false);
    setManaging(true);
  };
  const chips = labels.map((label: Label) => <LabelChip key={label.id} label={label} />);
  if (!mayReply) return <span className={styles.labels}>{chips}</span>;
  return (
    <span className={styles.labels} title={labels.map(({ name }) => name).join(' ')}>
      <Popover
        trigger="click"
        placement="bottomLeft"
        open={picking}
        onOpenChange={setPicking}
        destroyOnHidden
        content={
          <Suspense>
            <LabelPicker chosen={labels} onToggle={marks.toggleLabel} onManage={manage} />
          </Suspense>
        }
      >
        <button type="button" className={styles.open} aria-label={t('marks.labels')} aria-expanded={picking}>
          <TagOutlined aria-hidden />
        </button>
      </Popover>
      {chips}
      {managing && (
        <Suspense>
          <LabelManager onClose={() => setManaging(false)} />
        </Suspense>
      )}
    </span>
  );
}
