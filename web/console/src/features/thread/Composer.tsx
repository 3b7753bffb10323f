import { Button, Input, type InputRef, Segmented } from 'antd';
import { type KeyboardEvent, type Ref, useImperativeHandle, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Conversation } from '@/shared/api';
import { live } from '@/shared/live';
import { usePreferences } from '@/shared/preferences';
import { useMay, useMe } from '@/shared/session';
import { dayAndTime } from '@/shared/time';
import { draftOf, type Kind, keepDraft } from './drafts';
import styles from './thread.module.css';

const LIMIT = 4000;

export interface ComposerHandle {
  write: (kind: Kind) => void;
}

interface Props {
  ref: Ref<ComposerHandle>;
  head: Conversation;
  onSend: (kind: Kind, text: string) => void;
}

/** Where replies and notes are written; what is not sent is kept. */
export function Composer({ ref, head, onSend }: Props) {
  const { t } = useTranslation();
  const { enterSends } = usePreferences();
  const [kind, setKind] = useState<Kind>('reply');
  const [texts, setTexts] = useState({ reply: draftOf(head.id, 'reply'), note: draftOf(head.id, 'note') });
  const field = useRef<InputRef>(null);
  const closed = kind === 'reply' && head.state === 'resolved';
  const text = texts[kind];
  const ready = text.trim().length > 0 && text.length <= LIMIT && !closed;

  useImperativeHandle(ref, () => ({
    write: (wanted) => {
      setKind(wanted);
      field.current?.focus();
    },
  }));

  const change = (value: string) => {
    setTexts({ ...texts, [kind]: value });
    keepDraft(head.id, kind, value);
    if (kind === 'reply' && value.trim()) live.typing(head.id);
  };
  const send = () => {
    if (!ready) return;
    onSend(kind, text.trim());
    change('');
    field.current?.focus();
  };
  const pressed = (event: KeyboardEvent) => {
    if (event.key !== 'Enter' || event.nativeEvent.isComposing || event.altKey) return;
    const strong = event.ctrlKey || event.metaKey;
    if (enterSends ? event.shiftKey || strong : !strong) return;
    event.preventDefault();
    send();
  };

  const hint = useHint(head, kind);
  const label = t(kind === 'reply' ? 'compose.reply' : 'compose.note');
  return (
    <form
      className={styles.composer}
      data-kind={kind}
      onSubmit={(event) => {
        event.preventDefault();
        send();
      }}
    >
      <div className={styles.composerTop}>
        <Segmented
          size="small"
          value={kind}
          onChange={setKind}
          options={(['reply', 'note'] as const).map((value) => ({
            value,
            label: t(`compose.${value}`) + (texts[value] && value !== kind ? ` · ${t('compose.draft')}` : ''),
          }))}
        />
        <small>{hint}</small>
      </div>
      <Input.TextArea
        ref={field}
        value={text}
        onChange={(event) => change(event.target.value)}
        onKeyDown={pressed}
        placeholder={t(kind === 'reply' ? 'compose.replyHint' : 'compose.noteHint')}
        aria-label={label}
        autoSize={{ minRows: 2, maxRows: 8 }}
        variant="borderless"
        disabled={closed}
      />
      <div className={styles.composerEnd}>
        <small data-over={text.length > LIMIT}>
          {text.length > LIMIT - 200
            ? `${text.length} / ${LIMIT}`
            : t(enterSends ? 'app.enterSends' : 'app.ctrlEnterSends')}
        </small>
        <Button type="primary" htmlType="submit" disabled={!ready}>
          {t(kind === 'reply' ? 'compose.send' : 'compose.save')}
        </Button>
      </div>
    </form>
  );
}

/** What a reply means for who is in charge. */
function useHint(head: Conversation, kind: Kind): string {
  const { t } = useTranslation();
  const me = useMe().staff.id;
  const mayReply = useMay('conversations.reply');
  if (!mayReply) return t('compose.readonly');
  if (kind === 'note') return '';
  switch (head.state) {
    case 'resolved':
      return t('compose.resolved');
    case 'pending':
      return t('compose.takes_pending');
    case 'snoozed':
      return head.snoozed_until ? t('compose.snoozed', { time: dayAndTime(head.snoozed_until) }) : '';
    case 'open':
      if (!head.assignee_id) return t('compose.takes_open');
      return head.assignee_id === me ? '' : t('compose.other', { name: head.assignee_name });
  }
}
