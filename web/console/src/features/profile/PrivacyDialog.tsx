import { useMutation, useQueryClient } from '@tanstack/react-query';
import { App, Input, Modal } from 'antd';
import { useId, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { api } from '@/shared/api';
import styles from './profile.module.css';

interface Props {
  what: 'export' | 'erase';
  customerId: string;
  onClose: () => void;
}

/** Asks why, which goes into the audit trail, and does it. */
export default function PrivacyDialog({ what, customerId, onClose }: Props) {
  const { t } = useTranslation();
  const { message } = App.useApp();
  const queries = useQueryClient();
  const [why, setWhy] = useState('');
  const field = useId();
  const act = useMutation({
    mutationFn: async () => {
      const reason = { purpose: 'other' as const, detail: why.trim() };
      if (what === 'export') return save(customerId, await api.exportCustomer(customerId, reason));
      await api.eraseCustomer(customerId, reason);
      message.success(t('memory.erased'));
      await queries.invalidateQueries();
    },
    onSuccess: onClose,
  });
  return (
    <Modal
      title={t(what === 'export' ? 'memory.exportTitle' : 'memory.eraseTitle')}
      open
      width={460}
      okText={t(what === 'export' ? 'memory.doExport' : 'memory.doErase')}
      okButtonProps={{ danger: what === 'erase', disabled: why.trim().length < 2 }}
      cancelText={t('app.cancel')}
      confirmLoading={act.isPending}
      onOk={() => act.mutate()}
      onCancel={onClose}
    >
      {what === 'erase' && <p>{t('memory.eraseHint')}</p>}
      <div className={styles.editor}>
        <label htmlFor={field}>
          {t('memory.reason')}
          <Input.TextArea
            id={field}
            rows={2}
            maxLength={200}
            value={why}
            placeholder={t('memory.reasonPlaceholder')}
            onChange={(event) => setWhy(event.target.value)}
          />
        </label>
        {act.isError && <p role="alert">{act.error.message}</p>}
      </div>
    </Modal>
  );
}

/** Hands the copy to the browser as a file. */
function save(customerId: string, kept: unknown): void {
  const url = URL.createObjectURL(new Blob([JSON.stringify(kept, null, 2)], { type: 'application/json' }));
  const link = document.createElement('a');
  link.href = url;
  link.download = `${customerId}.json`;
  link.click();
  URL.revokeObjectURL(url);
}
