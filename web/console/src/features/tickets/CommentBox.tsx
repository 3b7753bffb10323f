import { NotificationOutlined, PaperClipOutlined } from '@ant-design/icons';
import { useMutation } from '@tanstack/react-query';
import { Alert, Button, Input, type InputRef, Segmented } from 'antd';
import { type KeyboardEvent, useLayoutEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Uploaded } from '@/shared/api';
import { mentionedIn, useSuggested } from '@/shared/mentions';
import { Suggestions, useChoice } from '@/shared/Suggestions';
import { tickets } from '@/shared/tickets';
import { calledBy, replaced } from '@/shared/trigger';
import styles from './detail.module.css';
import { useKnown } from './useKnown';
import type { Editing } from './useTicket';

const LONGEST = 4000;
const MOST_FILES = 9;
const ACCEPTED = 'image/jpeg,image/png,image/webp,image/gif,application/pdf';

interface Attached {
  name: string;
  uploaded: Uploaded;
}

/** Where a comment is written; for the customer only after it was said that the customer gets it. */
export function CommentBox({ editing }: { editing: Editing }) {
  const { t } = useTranslation();
  const { ticket, conversations } = editing.view;
  const box = useRef<HTMLFormElement>(null);
  const field = useRef<InputRef>(null);
  const chooser = useRef<HTMLInputElement>(null);
  const attempt = useRef(crypto.randomUUID()); // a retry writes no second comment
  const toSelect = useRef<number | null>(null);
  const [isPublic, setPublic] = useState(false);
  const [text, setText] = useState('');
  const [caret, setCaret] = useState(0);
  const [files, setFiles] = useState<Attached[]>([]);
  const { colleagues } = useKnown();
  const reachable = conversations.length > 0;
  const ready = Boolean(text.trim() || files.length > 0) && (!isPublic || reachable);

  const send = useMutation({
    mutationFn: () =>
      tickets.comment(ticket.id, {
        text: text.trim(),
        public: isPublic,
        mentions: isPublic ? [] : mentionedIn(text, colleagues),
        file_ids: files.map(({ uploaded }) => uploaded.file_id),
        client_id: attempt.current,
      }),
    onSuccess: () => {
      attempt.current = crypto.randomUUID();
      setText('');
      setFiles([]);
      setPublic(false);
      editing.refresh();
    },
  });
  const attach = useMutation({
    mutationFn: async (chosen: File[]) => {
      for (const file of chosen.slice(0, MOST_FILES - files.length)) {
        const uploaded = await tickets.upload(ticket.id, file);
        setFiles((before) => [...before, { name: file.name, uploaded }]);
      }
    },
  });
  const called = isPublic ? null : calledBy('@', text, caret);
  const suggested = useSuggested(colleagues, called);
  const choice = useChoice(suggested, ({ label }) => mention(label));
  const mention = (name: string) => {
    if (!called) return;
    const after = replaced(text, called, `@${name} `);
    setText(after.text);
    setCaret(after.caret);
    toSelect.current = after.caret;
  };
  useLayoutEffect(() => {
    if (toSelect.current === null) return;
    box.current?.querySelector('textarea')?.setSelectionRange(toSelect.current, toSelect.current);
    toSelect.current = null;
  });
  const submit = () => {
    if (ready && !send.isPending && !attach.isPending) send.mutate();
  };
  const pressed = (event: KeyboardEvent) => {
    if (choice.pressed(event)) return;
    if (event.key !== 'Enter' || !(event.ctrlKey || event.metaKey) || event.nativeEvent.isComposing) return;
    event.preventDefault();
    submit();
  };
  return (
    <form
      ref={box}
      className={styles.box}
      data-public={isPublic}
      onSubmit={(event) => {
        event.preventDefault();
        submit();
      }}
    >
      <div className={styles.boxTop}>
        <Segmented
          size="small"
          value={isPublic ? 'public' : 'internal'}
          onChange={(value) => setPublic(value === 'public')}
          options={(['internal', 'public'] as const).map((value) => ({ value, label: t(`tickets.${value}`) }))}
        />
        {isPublic && (
          <strong className={styles.warning} role="status">
            <NotificationOutlined aria-hidden /> {t(reachable ? 'tickets.publicWarning' : 'tickets.noConversation')}
          </strong>
        )}
      </div>
      <div className={styles.boxField}>
        {choice.open && suggested && (
          <Suggestions
            id="ticket-mentions"
            label={t('tickets.mention')}
            list={suggested}
            at={choice.at}
            onAt={choice.setAt}
            onChoose={({ label }) => mention(label)}
          />
        )}
        <Input.TextArea
          ref={field}
          value={text}
          maxLength={LONGEST}
          autoSize={{ minRows: 2, maxRows: 10 }}
          onChange={(event) => {
            setText(event.target.value);
            setCaret(event.target.selectionStart);
          }}
          onSelect={(event) => setCaret(event.currentTarget.selectionStart)}
          onKeyDown={pressed}
          aria-controls={choice.open ? 'ticket-mentions' : undefined}
          aria-activedescendant={choice.open ? `ticket-mentions-${choice.at}` : undefined}
          placeholder={t(isPublic ? 'tickets.publicHint' : 'tickets.internalHint')}
          aria-label={t(isPublic ? 'tickets.public' : 'tickets.internal')}
        />
      </div>
      {files.length > 0 && (
        <ul className={styles.attached}>
          {files.map(({ name, uploaded }) => (
            <li key={uploaded.file_id}>
              {name}
              <button
                type="button"
                aria-label={t('tickets.removeFile', { name })}
                onClick={() => setFiles(files.filter((one) => one.uploaded.file_id !== uploaded.file_id))}
              >
                ×
              </button>
            </li>
          ))}
        </ul>
      )}
      {(send.error ?? attach.error) && (
        <Alert type="error" showIcon role="alert" title={(send.error ?? attach.error)?.message} />
      )}
      <div className={styles.boxEnd}>
        <Button
          type="text"
          size="small"
          icon={<PaperClipOutlined aria-hidden />}
          loading={attach.isPending}
          disabled={files.length >= MOST_FILES}
          onClick={() => chooser.current?.click()}
        >
          {t('tickets.addFile')}
        </Button>
        <input
          ref={chooser}
          type="file"
          accept={ACCEPTED}
          multiple
          hidden
          onChange={(event) => {
            attach.mutate([...(event.target.files ?? [])]);
            event.target.value = '';
          }}
        />
        <Button type="primary" danger={isPublic} htmlType="submit" disabled={!ready || send.isPending}>
          {t(isPublic ? 'tickets.tell' : 'tickets.comment')}
        </Button>
      </div>
    </form>
  );
}
