import { Alert, Input, Modal } from 'antd';
import { useId, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { TicketState } from '@/shared/tickets';

interface Props {
  number: string;
  to: TicketState;
  onConfirm: (why: string) => void | Promise<void>;
  onClose: () => void;
}

/** Asks why a ticket takes another state, and says what the customer will be told. */
export function MoveDialog({ number, to, onConfirm, onClose }: Props) {
  const { t } = useTranslation();
  const field = useId();
  const [why, setWhy] = useState('');
  const [busy, setBusy] = useState(false);
  const confirm = async () => {
    setBusy(true);
    await onConfirm(why.trim());
    setBusy(false);
  };
  return (
    <Modal
      open
      title={`${number} · ${t('tickets.moveWhy', { state: to.name })}`}
      okText={t('tickets.confirm')}
      cancelText={t('app.cancel')}
      confirmLoading={busy}
      onOk={() => void confirm()}
      onCancel={onClose}
      width={440}
    >
      {to.customer_text && (
        <Alert
          type="warning"
          showIcon
          style={{ marginBottom: 12 }}
          title={t('tickets.tells')}
          description={to.customer_text.replaceAll('{number}', number)}
        />
      )}
      <label htmlFor={field}>{t('tickets.whyHint')}</label>
      <Input
        id={field}
        autoFocus
        value={why}
        maxLength={500}
        onChange={(event) => setWhy(event.target.value)}
        onPressEnter={(event) => {
          if (!event.nativeEvent.isComposing) void confirm();
        }}
      />
    </Modal>
  );
}
