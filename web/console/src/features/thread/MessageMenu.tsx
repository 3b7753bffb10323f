import { EllipsisOutlined } from '@ant-design/icons';
import { App, Dropdown } from 'antd';
import { lazy, Suspense, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { api, type Message, Problem } from '@/shared/api';
import { usePreferences } from '@/shared/preferences';
import { citationOf } from './citation';
import styles from './message.module.css';
import { permitted, useRewriting, wordsOf } from './rewriting';

const CorrectDialog = lazy(() => import('./CorrectDialog'));

interface Props {
  message: Message;
  onEdit: () => void;
  onTranslated: (text: string) => void;
}

/** Edit, take back, translate, correct, open a ticket: only what can be done at the moment it is opened. */
export function MessageMenu({ message, onEdit, onTranslated }: Props) {
  const { t } = useTranslation();
  const { locale } = usePreferences();
  const app = App.useApp();
  const rewriting = useRewriting();
  const [now, setNow] = useState(Date.now);
  const { edit, recall } = permitted(message, rewriting, now);
  const translate = rewriting.translates && wordsOf(message) !== null && !message.recalled;
  const citation = rewriting.mayReply ? citationOf(message) : null;
  const [correcting, setCorrecting] = useState(false);
  const { onTicket } = rewriting;
  if (!edit && !recall && !translate && !citation && !onTicket) return null;

  const attempt = async (action: () => Promise<void>) => {
    try {
      await action();
    } catch (problem) {
      void app.message.error(problem instanceof Problem ? problem.message : String(problem));
    }
  };
  const { conversation_id: id, seq } = message;
  const items = [
    edit && { key: 'edit', label: t('rewrite.edit'), onClick: onEdit },
    recall && {
      key: 'recall',
      label: t('rewrite.recall'),
      onClick: () => void attempt(async () => rewriting.onChanged(await api.recall(id, seq))),
    },
    translate && {
      key: 'translate',
      label: t('rewrite.translate'),
      onClick: () => void attempt(async () => onTranslated((await api.translate(id, seq, locale)).text)),
    },
    citation && { key: 'correct', label: t('rewrite.correct'), onClick: () => setCorrecting(true) },
    onTicket && { key: 'ticket', label: t('ticket.open'), onClick: () => onTicket(message) },
  ].filter((item) => item !== false && item !== null);
  return (
    <>
      <Dropdown trigger={['click']} menu={{ items, autoFocus: true }} onOpenChange={() => setNow(Date.now())}>
        <button type="button" className={styles.menu} aria-label={t('rewrite.more')}>
          <EllipsisOutlined aria-hidden />
        </button>
      </Dropdown>
      {citation && correcting && (
        <Suspense>
          <CorrectDialog message={message} citation={citation} onClose={() => setCorrecting(false)} />
        </Suspense>
      )}
    </>
  );
}
