import { CloseOutlined, FileOutlined } from '@ant-design/icons';
import { Spin } from 'antd';
import { useTranslation } from 'react-i18next';
import type { Attachment } from './attachments';
import styles from './composer.module.css';

/** What goes along with the reply, to look at and to take away again. */
export function Attachments({ items, onRemove }: { items: Attachment[]; onRemove: (key: string) => void }) {
  const { t } = useTranslation();
  if (items.length === 0) return null;
  return (
    <ul className={styles.attachments} aria-label={t('attach.list')}>
      {items.map(({ key, name, preview, uploaded, failure }) => (
        <li key={key} data-failed={failure !== null}>
          {preview ? <img src={preview} alt={name} /> : <FileOutlined aria-hidden />}
          <span title={name}>{name}</span>
          {!uploaded && !failure && <Spin size="small" aria-label={t('attach.uploading')} />}
          {failure && <small role="alert">{failure}</small>}
          <button type="button" aria-label={t('attach.remove', { name })} onClick={() => onRemove(key)}>
            <CloseOutlined aria-hidden />
          </button>
        </li>
      ))}
    </ul>
  );
}
