import { Tooltip } from 'antd';
import { useTranslation } from 'react-i18next';
import type { Viewer } from '@/shared/live';
import styles from './thread.module.css';

const SHOWN = 3;

/** Colleagues who have the conversation open too. */
export function Viewers({ viewers }: { viewers: Viewer[] }) {
  const { t } = useTranslation();
  if (viewers.length === 0) return null;
  const text = t('thread.viewers', { names: viewers.map(({ name }) => name).join(t('thread.nameSeparator')) });
  return (
    <Tooltip title={text}>
      <span className={styles.viewers} role="img" aria-label={text}>
        {viewers.slice(0, SHOWN).map(({ id, name }) => (
          <i key={id}>{[...name].at(0) ?? '?'}</i>
        ))}
        {viewers.length > SHOWN && <i>+{viewers.length - SHOWN}</i>}
      </span>
    </Tooltip>
  );
}
