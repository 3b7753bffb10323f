import type { Waiting } from './contract.ts';
import { CloseIcon, DownIcon } from './icons.tsx';
import { type ChatState, waits } from './state.ts';
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
export function Banner({ state, onCall }: { state: ChatState; onCall: () => void }) {
  const { chat, words } = useScene();
  const { phase, online, notice } = state;
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
      {waits(state) && <Queue queue={state.queue} onCall={onCall} />}
    </div>
  );
}

/** How long it will take, as far as that is known, and the offer to be called instead. */
function Queue({ queue, onCall }: { queue: Waiting | null; onCall: () => void }) {
  const { words } = useScene();
  const { place, seconds, callback } = queue ?? {};
  const known = place ? [words.queueAhead(place - 1)] : [words.noAgentYet];
  if (place && seconds) known.push(words.queueMinutes(Math.max(1, Math.round(seconds / 60))));
  return (
    <p class="banner calm">
      {callback === 'asked' ? words.callAsked : known.join(' · ')}
      {callback === 'offered' && (
        <button type="button" onClick={onCall}>
          {words.callMe}
        </button>
      )}
    </p>
  );
}
