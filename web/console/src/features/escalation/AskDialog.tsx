import '@/i18n/pages/escalation';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { Alert, App, Button, Input, Modal } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { askedName, ESCALATIONS, escalations } from '@/shared/escalations';
import styles from './escalation.module.css';
import { Steps } from './Steps';
import { useEscalations } from './useEscalations';

/** Asks the next step of the chain for help. */
export default function AskDialog({ id, onClose }: { id: string; onClose: () => void }) {
  const { t } = useTranslation();
  const { message } = App.useApp();
  const queries = useQueryClient();
  const [reason, setReason] = useState('');
  const steps = useEscalations(id).data?.items ?? [];
  const request = useMutation({
    mutationFn: () => escalations.request(id, reason.trim()),
    onSuccess: (step) => {
      void queries.invalidateQueries({ queryKey: [ESCALATIONS] });
      void message.success(t('escalation.sent', { name: askedName(step) }));
      onClose();
    },
  });
  return (
    <Modal open title={t('escalation.ask')} footer={null} onCancel={onClose} width={520}>
      <form
        className={styles.ask}
        onSubmit={(event) => {
          event.preventDefault();
          request.mutate();
        }}
      >
        <label htmlFor="escalation-reason">{t('escalation.reason')}</label>
        <Input.TextArea
          id="escalation-reason"
          autoFocus
          value={reason}
          onChange={(event) => setReason(event.target.value)}
          placeholder={t('escalation.reasonHint')}
          autoSize={{ minRows: 3, maxRows: 6 }}
          maxLength={200}
          showCount
        />
        <p className={styles.soft}>{t('escalation.askHint')}</p>
        {request.error && <Alert type="error" title={request.error.message} role="alert" showIcon />}
        <span className={styles.end}>
          <Button onClick={onClose}>{t('app.cancel')}</Button>
          <Button type="primary" htmlType="submit" loading={request.isPending} disabled={reason.trim().length < 2}>
            {t('escalation.ask')}
          </Button>
        </span>
      </form>
      {steps.length > 0 && (
        <>
          <h3>{t('escalation.history')}</h3>
          <Steps steps={steps} />
        </>
      )}
    </Modal>
  );
}
