import { PaperClipOutlined, SmileOutlined } from '@ant-design/icons';
import { App, Button, Input, type InputRef, Popover, Segmented, Tooltip } from 'antd';
import {
  type ClipboardEvent,
  type DragEvent,
  type KeyboardEvent,
  lazy,
  type ReactNode,
  type Ref,
  Suspense,
  useImperativeHandle,
  useLayoutEffect,
  useRef,
  useState,
} from 'react';
import { useTranslation } from 'react-i18next';
import type { Conversation } from '@/shared/api';
import { live } from '@/shared/live';
import { mentionedIn, useSuggested } from '@/shared/mentions';
import { usePreferences } from '@/shared/preferences';
import { type Suggestion, Suggestions, useChoice } from '@/shared/Suggestions';
import { useMay, useMe } from '@/shared/session';
import { dayAndTime } from '@/shared/time';
import { type Called, calledBy, replaced } from '@/shared/trigger';
import { Attachments } from './Attachments';
import { ACCEPTED, filesIn, MOST, useAttachments } from './attachments';
import { useCannedPicker, useGapCheck } from './CannedPicker';
import composerStyles from './composer.module.css';
import { draftOf, type Kind, keepDraft } from './drafts';
import { useMentionable } from './mentionable';
import type { Said } from './stretch';
import styles from './thread.module.css';

const EmojiPicker = lazy(() => import('./EmojiPicker'));

const LIMIT = 4000;

export interface ComposerHandle {
  write: (kind: Kind) => void;
  /** Into the reply, where the caret is. */
  insert: (words: string) => void;
}

interface Props {
  ref: Ref<ComposerHandle>;
  head: Conversation;
  onSend: (said: Said) => void;
  /** More buttons beside those for emoji and files. */
  tools?: ReactNode;
}

/** Where replies and notes are written; what is not sent is kept. */
export function Composer({ ref, head, onSend, tools }: Props) {
  const { t } = useTranslation();
  const { enterSends } = usePreferences();
  const [kind, setKind] = useState<Kind>('reply');
  const [texts, setTexts] = useState({ reply: draftOf(head.id, 'reply'), note: draftOf(head.id, 'note') });
  const { message } = App.useApp();
  const field = useRef<InputRef>(null);
  const form = useRef<HTMLFormElement>(null);
  const toSelect = useRef<[number, number] | null>(null);
  const chooser = useRef<HTMLInputElement>(null);
  const [dropping, setDropping] = useState(false);
  const [caret, setCaret] = useState(0);
  const closed = kind === 'reply' && head.state === 'resolved';
  const text = texts[kind];
  const mentionable = useMentionable(head.id, kind === 'note' ? text : '');
  const files = useAttachments(head.id);
  const attached = kind === 'reply' && files.items.length > 0;
  const waits = mentionable.pending || (attached && !files.ready);
  const ready = (text.trim() || attached) && text.length <= LIMIT && !closed && !waits;

  useImperativeHandle(ref, () => ({
    write: (wanted) => {
      setKind(wanted);
      field.current?.focus();
    },
    insert: (words) => {
      if (kind === 'reply') insert(words);
      else {
        setKind('reply');
        setTexts({ ...texts, reply: texts.reply + words });
        keepDraft(head.id, 'reply', texts.reply + words);
        field.current?.focus();
      }
    },
  }));

  const change = (value: string) => {
    setTexts({ ...texts, [kind]: value });
    keepDraft(head.id, kind, value);
    if (kind === 'reply' && value.trim()) live.typing(head.id);
  };
  const checkGaps = useGapCheck(text);
  const send = () => {
    if (!ready) return;
    if (kind === 'reply') checkGaps(sendNow);
    else sendNow();
  };
  const sendNow = () => {
    const mentions = kind === 'note' ? mentionedIn(text, mentionable.colleagues) : undefined;
    if (text.trim()) onSend({ kind, text: text.trim(), mentions });
    if (attached) {
      for (const { uploaded } of files.items) if (uploaded) onSend({ kind, text: '', file: uploaded });
      files.clear();
    }
    change('');
    field.current?.focus();
  };
  const put = (called: Called, words: string, [from, to] = [words.length, words.length]) => {
    const after = replaced(text, called, words);
    change(after.text);
    setCaret(after.caret);
    toSelect.current = [called.from + from, called.from + to];
  };
  useLayoutEffect(() => {
    if (!toSelect.current) return;
    const box = form.current?.querySelector('textarea');
    box?.focus();
    box?.setSelectionRange(...toSelect.current);
    toSelect.current = null;
  });
  const insert = (words: string) => {
    const box = form.current?.querySelector('textarea');
    put({ from: box?.selectionStart ?? text.length, to: box?.selectionEnd ?? text.length, words: '' }, words);
  };
  const called = kind === 'note' ? calledBy('@', text, caret) : null;
  const colleagues = useSuggested(mentionable.colleagues, called);
  const mention = (colleague: Suggestion) => {
    if (called) put(called, `@${colleague.label} `);
  };
  const choice = useChoice(colleagues, mention);
  const canned = useCannedPicker({ conversationId: head.id, text, caret, disabled: closed, onInsert: put });
  const attach = (chosen: File[]) => {
    if (kind === 'note') {
      void message.warning(t('attach.notToNotes'));
      return;
    }
    if (files.items.length + chosen.length > MOST) void message.warning(t('attach.tooMany', { count: MOST }));
    files.add(chosen.slice(0, MOST - files.items.length));
  };
  const pasted = (event: ClipboardEvent) => {
    const brought = filesIn(event.clipboardData);
    if (brought.length === 0 || closed) return;
    event.preventDefault();
    attach(brought);
  };
  const dragged = (event: DragEvent) => {
    if (!event.dataTransfer.types.includes('Files') || closed) return;
    event.preventDefault();
    setDropping(event.type === 'dragover');
    if (event.type === 'drop') attach(filesIn(event.dataTransfer));
  };
  const pressed = (event: KeyboardEvent) => {
    if (choice.pressed(event) || canned.pressed(event)) return;
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
      ref={form}
      className={`${styles.composer} ${dropping ? composerStyles.dropping : ''}`}
      data-kind={kind}
      onDragOver={dragged}
      onDragLeave={dragged}
      onDrop={dragged}
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
        <small>{dropping ? t('attach.drop') : hint}</small>
      </div>
      <div className={composerStyles.field}>
        {choice.open && colleagues && (
          <Suggestions
            id="mentions"
            label={t('compose.mention')}
            list={colleagues}
            at={choice.at}
            onAt={choice.setAt}
            onChoose={mention}
          />
        )}
        {canned.picker}
        <Input.TextArea
          ref={field}
          value={text}
          onChange={(event) => {
            change(event.target.value);
            setCaret(event.target.selectionStart);
          }}
          onSelect={(event) => setCaret(event.currentTarget.selectionStart)}
          aria-controls={choice.open ? 'mentions' : undefined}
          aria-activedescendant={choice.open ? `mentions-${choice.at}` : undefined}
          {...canned.field}
          onKeyDown={pressed}
          onPaste={pasted}
          placeholder={t(kind === 'reply' ? 'compose.replyHint' : 'compose.noteHint')}
          aria-label={label}
          autoSize={{ minRows: 2, maxRows: 8 }}
          variant="borderless"
          disabled={closed}
        />
      </div>
      {kind === 'reply' && <Attachments items={files.items} onRemove={files.remove} />}
      <div className={styles.composerEnd}>
        <span className={composerStyles.tools}>
          <Popover
            trigger="click"
            placement="topLeft"
            destroyOnHidden
            content={
              <Suspense>
                <EmojiPicker onPick={insert} />
              </Suspense>
            }
          >
            <Button type="text" size="small" icon={<SmileOutlined aria-hidden />} aria-label={t('attach.emoji')} />
          </Popover>
          <Tooltip title={t('attach.add')}>
            <Button
              type="text"
              size="small"
              icon={<PaperClipOutlined aria-hidden />}
              aria-label={t('attach.add')}
              disabled={closed || kind === 'note'}
              onClick={() => chooser.current?.click()}
            />
          </Tooltip>
          <input
            ref={chooser}
            type="file"
            accept={ACCEPTED}
            multiple
            hidden
            onChange={(event) => {
              attach([...(event.target.files ?? [])]);
              event.target.value = '';
            }}
          />
          {tools}
        </span>
        <small data-over={text.length > LIMIT}>
          {text.length > LIMIT - 200
            ? `${text.length} / ${LIMIT}`
            : t(`app.${enterSends ? 'enter' : 'ctrlEnter'}${kind === 'reply' ? 'Sends' : 'Saves'}`)}
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
