import { useMutation, useQueryClient } from '@tanstack/react-query';
import { Alert, App, Modal } from 'antd';
import { useId, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { TICKETS, tickets } from '@/shared/tickets';
import { TicketPicker } from './TicketPicker';
import type { Editing } from './useTicket';

interface Props {
  editing: Editing;
  onMerged: (into: string) => void;
  onClose: () => void;
}

/** The same matter twice: this ticket goes on as a part of the other. */
export function Merge({ editing, onMerged, onClose }: Props) {
  const { t } = useTranslation();
  const { message } = App.useApp();
  const queries = useQueryClient();
  const field = useId();
  const [into, setInto] = useState<string | null>(null);
  const { ticket } = editing.view;
  const merge = useMutation({
    mutationFn: () => tickets.merge(ticket.id, into ?? ''),
    onSuccess: ({ ticket: kept }) => {
      void queries.invalidateQueries({ queryKey: [TICKETS] });
      void message.success(t('tickets.merged', { number: kept.number }));
      onClose();
      onMerged(kept.id);
    },
  });
  return (
    <Modal
      open
      title={t('tickets.merge')}
      okText={t('tickets.mergeSubmit')}
      okButtonProps={{ danger: true, disabled: !into }}
      cancelText={t('app.cancel')}
      confirmLoading={merge.isPending}
      onOk={() => merge.mutate()}
      onCancel={onClose}
      width={440}
    >
      <p>{t('tickets.mergeHint')}</p>
      <label htmlFor={field}>{t('tickets.mergeInto')}</label>
      <TicketPicker id={field} without={ticket.id} value={into} onChange={setInto} />
      {merge.error && <Alert type="error" role="alert" title={merge.error.message} style={{ marginTop: 12 }} />}
    </Modal>
  );
}
