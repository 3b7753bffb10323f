import { Modal } from 'antd';
import { useTranslation } from 'react-i18next';
import { usePreferences } from '@/shared/preferences';
import { CONTROL } from '@/shared/shortcuts';
import styles from './help.module.css';

/** The keyboard shortcuts. */
export function Help({ open, onClose }: { open: boolean; onClose: () => void }) {
  const { t } = useTranslation();
  const { enterSends } = usePreferences();
  const rows: [string, string][] = [
    [`${CONTROL} + K`, t('palette.title')],
    ['Alt + J', t('help.next')],
    ['Alt + K', t('help.previous')],
    ['Alt + L', t('help.reply')],
    ['Alt + 1…5', t('help.suggestion')],
    ['Alt + P', t('help.note')],
    ['Alt + M', t('help.snooze')],
    ['Alt + E', t('help.resolve')],
    [enterSends ? 'Enter' : 'Ctrl + Enter', t('compose.send')],
    [enterSends ? 'Shift + Enter' : 'Enter', t('help.newline')],
    ['?', t('help.help')],
  ];
  return (
    <Modal title={t('help.title')} open={open} onCancel={onClose} footer={null} width={460}>
      <dl className={styles.keys}>
        {rows.map(([keys, what]) => (
          <div key={keys + what}>
            <dt>
              <kbd>{keys}</kbd>
            </dt>
            <dd>{what}</dd>
          </div>
        ))}
      </dl>
    </Modal>
  );
}
