import { CloseIcon, DownIcon } from './icons.tsx';
import type { ChatState } from './state.ts';
import { useScene } from './view.ts';
import type { Words } from './words.ts';

/** One line that says who answers now, and how long it takes until somebody does. */
function presence({ conversation, session }: ChatState, words: Words): string {
  if (!session) return words.starting;
  if (conversation.state === 'resolved') return words.resolvedHere;
  if (conversation.state === 'pending') return words.assistantHere;
  if (conversation.assignee) return words.staffHere(conversation.assignee);
  return words.staffSoon;
}

export function Header({ state, onClose }: { state: ChatState; onClose: (() => void) | null }) {
  const { words } = useScene();
  const { session, conversation } = state;
  const name = session?.shop.name ?? words.chat;
  return (
    <header class="head">
      <span class="glaze" aria-hidden="true" />
      <span class="mark" aria-hidden="true">
        {[...name][0]}
      </span>
      <div class="who">
        <h1>
          {name}
          {session?.shop.demo && <small>{words.demo}</small>}
        </h1>
        <p class={conversation.assignee ? 'live' : undefined}>{presence(state, words)}</p>
      </div>
      {onClose && (
        <button type="button" class="round" aria-label={words.close} title={words.close} onClick={onClose}>
          <span class="on-wide">
            <DownIcon />
          </span>
          <span class="on-narrow">
            <CloseIcon />
          </span>
        </button>
      )}
    </header>
  );
}

/** What the customer should know about the line as a whole: cut off, refused, waiting. */
export function Banner({ state }: { state: ChatState }) {
  const { chat, words } = useScene();
  const { phase, online, conversation, notice } = state;
  const waiting = conversation.state === 'open' && !conversation.assignee;
  return (
    <div class="banners" role="status">
      {phase === 'failed' && (
        <p class="banner bad">
          {notice}
          <button type="button" onClick={() => void chat.start()}>
            {words.tryAgain}
          </button>
        </p>
      )}
      {phase !== 'failed' && !online && <p class="banner warn late">{words.offline}</p>}
      {phase === 'ready' && notice && <p class="banner warn">{notice}</p>}
      {waiting && <p class="banner calm">{words.noAgentYet}</p>}
    </div>
  );
}
