import { Fragment } from 'preact';
import { useEffect, useMemo, useRef, useState } from 'preact/hooks';
import { authorName, Bubble, Face } from './bubble.tsx';
import type { Author, ImageContent, Locale, Shown } from './contract.ts';
import { DownIcon } from './icons.tsx';
import { dayLabel, rowsOf } from './rows.ts';
import { useScrolling, useWatching } from './scrolling.ts';
import { type ChatState, fromService, lastSeq } from './state.ts';
import { useScene } from './view.ts';
import { noticed, type Words } from './words.ts';

const ASSISTANT: Author = { kind: 'assistant', name: null };

interface Props {
  state: ChatState;
  open: boolean;
  onEnlarge: (image: ImageContent) => void;
  onSay: (text: string) => void;
}

export function Thread({ state, open, onEnlarge, onSay }: Props) {
  const { chat, words, locale } = useScene();
  const rows = useMemo(() => rowsOf(state), [state.messages, state.outbox, state.conversation.peerReadSeq]);
  const { list, top, atEnd, toEnd } = useScrolling(state, rows.length, () => void chat.history());
  const watching = useWatching(open);

  useEffect(() => {
    if (watching && atEnd) chat.read();
  }, [watching, atEnd, state.messages]);

  return (
    <div class="thread-box">
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: a scrolling region must be reachable by keyboard. */}
      <div class="thread" ref={list} role="log" aria-live="off" aria-label={words.messages} tabIndex={0}>
        <div ref={top} class="top">
          {state.hasMore && <p class="system">{words.older}</p>}
        </div>
        {!state.hasMore && state.session && <Greeting text={state.session.shop.greeting} />}
        {rows.map((row, index) => (
          <Fragment key={row.key}>
            {row.newDay && <p class="day">{dayLabel(row.at, locale, words)}</p>}
            <Bubble row={row} onEnlarge={onEnlarge} onSay={onSay} latest={index === rows.length - 1} />
          </Fragment>
        ))}
        {state.conversation.state === 'resolved' && <p class="system">{words.continueHint}</p>}
        {state.typing && <Typing author={state.typing} />}
      </div>
      {!atEnd && (
        <button type="button" class="pill" onClick={() => toEnd(true)} aria-label={words.toBottom}>
          <DownIcon />
          {state.unread > 0 && words.newMessages(state.unread)}
        </button>
      )}
      <Announcer state={state} />
    </div>
  );
}

function Greeting({ text }: { text: string }) {
  const { words } = useScene();
  return (
    <div class="row theirs first last">
      <Face author={ASSISTANT} />
      <p class="name">{words.assistant}</p>
      <div class="bubble">
        <p class="text">{text}</p>
      </div>
    </div>
  );
}

function Typing({ author }: { author: Author }) {
  const { words } = useScene();
  return (
    <div class="row theirs first last">
      <Face author={author} />
      <p class="name">{words.typing(author.name ?? (author.kind === 'assistant' ? words.assistant : words.staff))}</p>
      <div class="bubble dots" aria-hidden="true">
        <i />
        <i />
        <i />
      </div>
    </div>
  );
}

function spoken(shown: Shown, words: Words, locale: Locale): string {
  if (shown.kind === 'system') return noticed(shown.content, words);
  if (shown.kind === 'ingredient_card' && locale === 'en' && shown.content.en) return shown.content.en.text;
  if ('text' in shown.content) return shown.content.text;
  if ('title' in shown.content) return shown.content.title;
  return 'name' in shown.content ? shown.content.name : shown.content.order_no;
}

/** Tells a screen reader what has just come in, and only that: history scrolled to must not be read out. */
function Announcer({ state }: { state: ChatState }) {
  const { words, locale } = useScene();
  const seen = useRef<number | null>(null);
  const [said, setSaid] = useState('');
  useEffect(() => {
    if (state.phase !== 'ready') return;
    const from = seen.current;
    seen.current = lastSeq(state.messages);
    if (from === null) return;
    const fresh = state.messages.filter((m) => m.seq > from && (fromService(m) || m.kind === 'system'));
    if (fresh.length > 0) {
      setSaid(
        fresh
          .map((m) => (m.kind === 'system' ? '' : `${authorName(m.author, words)}: `) + spoken(m, words, locale))
          .join('\n'),
      );
    }
  }, [state.messages, state.phase]);
  return (
    <div class="unseen" aria-live="polite">
      {said}
    </div>
  );
}
