import { App, Button, Input } from 'antd';
import { type KeyboardEvent, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { api, type Message, Problem } from '@/shared/api';
import { usePreferences } from '@/shared/preferences';
import styles from './message.module.css';
import { useRewriting } from './rewriting';

const LIMIT = 4000;

interface Props {
  message: Message;
  text: string;
  onClose: () => void;
}

/** One's own words, to be changed where they stand. */
export function Editing({ message, text: before, onClose }: Props) {
  const { t } = useTranslation();
  const { enterSends } = usePreferences();
  const app = App.useApp();
  const { drafts, onChanged } = useRewriting();
  const [text, setText] = useState(drafts.get(message.seq) ?? before);
  const [busy, setBusy] = useState(false);
  const ready = text.trim().length > 0 && text.length <= LIMIT;

  const change = (value: string) => {
    setText(value);
    drafts.set(message.seq, value);
  };
  const save = async () => {
    if (!ready || busy) return;
    setBusy(true);
    try {
      onChanged(await api.edit(message.conversation_id, message.seq, text.trim()));
      onClose();
    } catch (problem) {
      void app.message.error(problem instanceof Problem ? problem.message : String(problem));
      setBusy(false);
    }
  };
  const pressed = (event: KeyboardEvent) => {
    if (event.key === 'Escape') onClose();
    if (event.key !== 'Enter' || event.nativeEvent.isComposing || event.altKey) return;
    const strong = event.ctrlKey || event.metaKey;
    if (enterSends ? event.shiftKey || strong : !strong) return;
    event.preventDefault();
    void save();
  };
  return (
    <div className={styles.editing}>
      <Input.TextArea
        autoFocus
        value={text}
        onChange={(event) => change(event.target.value)}
        onKeyDown={pressed}
        aria-label={t('rewrite.edit')}
        autoSize={{ minRows: 1, maxRows: 10 }}
      />
      <span>
        <Button size="small" onClick={onClose}>
          {t('app.cancel')}
        </Button>
        <Button size="small" type="primary" loading={busy} disabled={!ready} onClick={() => void save()}>
          {t('rewrite.save')}
        </Button>
      </span>
    </div>
  );
}
