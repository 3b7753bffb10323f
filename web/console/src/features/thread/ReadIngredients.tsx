import '@/i18n/pages/labels';
import { App, Button } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { api, Problem } from '@/shared/api';

/** Below a customer's picture: has its ingredients found. What comes of it appears in the thread. */
export default function ReadIngredients({ conversationId, fileId }: { conversationId: string; fileId: string }) {
  const { t } = useTranslation();
  const { message } = App.useApp();
  const [asking, setAsking] = useState(false);
  const ask = async () => {
    setAsking(true);
    try {
      const { state } = await api.readLabel(conversationId, fileId);
      void message.info(t(state === 'done' ? 'labels.known' : 'labels.begun'));
    } catch (problem) {
      void message.error(problem instanceof Problem ? problem.message : String(problem));
    } finally {
      setAsking(false);
    }
  };
  return (
    <div>
      <Button type="link" size="small" style={{ paddingInline: 0 }} loading={asking} onClick={() => void ask()}>
        {t('labels.find')}
      </Button>
    </div>
  );
}
