import { Alert, Button, Input } from 'antd';
import { useId, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Ticket } from '@/shared/tickets';
import styles from './detail.module.css';
import type { Editing } from './useTicket';

interface Texts {
  title: string;
  description: string;
}

const textsOf = ({ title, description }: Ticket): Texts => ({ title, description });

/** Title and description anew; nobody writes over what a colleague has written meanwhile without having seen it. */
export function Rewriting({ editing, onClose }: { editing: Editing; onClose: () => void }) {
  const { t } = useTranslation();
  const form = useId();
  const now = textsOf(editing.view.ticket);
  const [seen, setSeen] = useState(now);
  const [draft, setDraft] = useState(now);
  const overtaken = seen.title !== now.title || seen.description !== now.description;
  const ready = draft.title.trim() !== '' && !overtaken;
  const save = async () => {
    const texts = { title: draft.title.trim(), description: draft.description.trim() };
    if (ready && (await editing.change(texts))) onClose();
  };
  return (
    <form
      className={styles.edit}
      onSubmit={(event) => {
        event.preventDefault();
        void save();
      }}
    >
      {overtaken && (
        <Alert
          type="warning"
          showIcon
          role="alert"
          title={t('tickets.overtaken')}
          description={
            <p className={styles.text}>
              <b>{now.title}</b>
              {`\n${now.description}`}
            </p>
          }
          action={
            <span className={styles.choices}>
              <Button
                size="small"
                onClick={() => {
                  setSeen(now);
                  setDraft(now);
                }}
              >
                {t('tickets.takeTheirs')}
              </Button>
              <Button size="small" onClick={() => setSeen(now)}>
                {t('tickets.keepMine')}
              </Button>
            </span>
          }
        />
      )}
      <label htmlFor={`${form}-title`}>{t('tickets.ticketTitle')}</label>
      <Input
        id={`${form}-title`}
        value={draft.title}
        maxLength={120}
        autoFocus
        onChange={(event) => setDraft({ ...draft, title: event.target.value })}
      />
      <label htmlFor={`${form}-description`}>{t('tickets.description')}</label>
      <Input.TextArea
        id={`${form}-description`}
        value={draft.description}
        maxLength={8000}
        autoSize={{ minRows: 4, maxRows: 16 }}
        onChange={(event) => setDraft({ ...draft, description: event.target.value })}
      />
      <span className={styles.formEnd}>
        <Button onClick={onClose}>{t('tickets.cancel')}</Button>
        <Button type="primary" htmlType="submit" loading={editing.busy} disabled={!ready}>
          {t('tickets.save')}
        </Button>
      </span>
    </form>
  );
}
