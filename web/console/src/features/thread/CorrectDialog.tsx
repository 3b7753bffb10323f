import '@/i18n/pages/corrections';
import { App, Input, Modal } from 'antd';
import { useId, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { apiV1ConversationsConversationIdMessagesSeqCorrectionCorrectAnswer as correct } from '@/client';
import type { Citation } from '@/client/types.gen';
import { ask, type Message } from '@/shared/api';

interface Props {
  message: Message;
  citation: Citation;
  onClose: () => void;
}

/** What the article should say instead; it goes to those who write articles. */
export default function CorrectDialog({ message: { conversation_id, seq }, citation, onClose }: Props) {
  const { t } = useTranslation();
  const { message } = App.useApp();
  const field = useId();
  const [text, setText] = useState('');
  const [busy, setBusy] = useState(false);
  const submit = async () => {
    setBusy(true);
    try {
      await ask(correct({ path: { conversation_id, seq }, body: { text: text.trim() } }));
      void message.success(t('corrections.done'));
      onClose();
    } catch (problem) {
      void message.error(problem instanceof Error ? problem.message : String(problem));
      setBusy(false);
    }
  };
  return (
    <Modal
      open
      title={t('corrections.title')}
      okText={t('corrections.submit')}
      cancelText={t('app.cancel')}
      okButtonProps={{ disabled: text.trim() === '' }}
      confirmLoading={busy}
      onOk={() => void submit()}
      onCancel={onClose}
      width={480}
    >
      <p>{t('corrections.about', { title: citation.title })}</p>
      <label htmlFor={field}>{t('corrections.field')}</label>
      <Input.TextArea
        id={field}
        autoFocus
        autoSize={{ minRows: 4, maxRows: 12 }}
        maxLength={4000}
        placeholder={t('corrections.hint')}
        value={text}
        onChange={(event) => setText(event.target.value)}
      />
    </Modal>
  );
}
