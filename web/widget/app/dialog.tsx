import type { ComponentChildren } from 'preact';
import { useEffect, useRef } from 'preact/hooks';

interface Props {
  class: string;
  label: string;
  onClose: () => void;
  children: ComponentChildren;
}

/** A modal dialog by the browser's own means: focus stays inside, Escape closes, focus goes back where it was. */
export function Dialog({ class: name, label, onClose, children }: Props) {
  const dialog = useRef<HTMLDialogElement>(null);
  useEffect(() => dialog.current?.showModal(), []);
  const onClick = (event: MouseEvent) => {
    if (event.target === dialog.current) dialog.current?.close();
  };
  return (
    // biome-ignore lint/a11y/useKeyWithClickEvents: Escape does for the keyboard what a click beside the dialog does.
    <dialog ref={dialog} class={name} aria-label={label} onClose={onClose} onClick={onClick}>
      {children}
    </dialog>
  );
}
