import type { TargetedSubmitEvent } from 'preact';
import { useState } from 'preact/hooks';
import type { Problem } from './api.ts';
import { Dialog } from './dialog.tsx';
import { CloseIcon } from './icons.tsx';
import { useScene } from './view.ts';
import { explain } from './words.ts';

/** The number that the customer wants to be called on, and when. */
export function CallbackForm({ onClose }: { onClose: () => void }) {
  const { chat, words } = useScene();
  const [trouble, setTrouble] = useState('');

  const submit = (event: TargetedSubmitEvent<HTMLFormElement>) => {
    event.preventDefault();
    const form = new FormData(event.currentTarget);
    const when = String(form.get('at'));
    const at = when ? new Date(when).toISOString() : null;
    chat.askCallback(String(form.get('phone')).trim(), at).then(onClose, (problem: Problem) => {
      setTrouble(explain(words, problem));
    });
  };

  return (
    <Dialog class="sheet" label={words.callTitle} onClose={onClose}>
      <form method="dialog" class="sheet-head">
        <h2>{words.callTitle}</h2>
        <button type="submit" class="round" aria-label={words.dismiss}>
          <CloseIcon />
        </button>
      </form>
      <form class="sheet-body call" onSubmit={submit}>
        <p>{words.callHint}</p>
        <label>
          {words.callPhone}
          <input
            name="phone"
            type="tel"
            required
            pattern="\+?[0-9][0-9 \-]{5,18}[0-9]"
            title={words.callPhoneHint}
            autocomplete="tel"
          />
        </label>
        <label>
          {words.callWhen}
          <input name="at" type="datetime-local" />
        </label>
        {trouble && <p role="alert">{trouble}</p>}
        <button type="submit" class="solid">
          {words.callSubmit}
        </button>
      </form>
    </Dialog>
  );
}
