import { type KeyboardEvent, type ReactNode, useEffect, useRef, useState } from 'react';
import styles from './suggestions.module.css';

export interface Suggestion {
  id: string;
  label: string;
  /** On the same line, as far as there is room. */
  preview?: string;
  detail?: ReactNode;
}

/** The keys that walk through a list that was called up while one writes. */
export function useChoice<One extends Suggestion>(list: One[] | null, onChoose: (one: One) => void) {
  const [at, setAt] = useState(0);
  const [closedFor, setClosedFor] = useState<One[] | null>(null);
  const open = list !== null && list.length > 0 && list !== closedFor;
  const chosen = open ? Math.min(at, list.length - 1) : 0;
  const pressed = (event: KeyboardEvent): boolean => {
    if (!open || event.nativeEvent.isComposing) return false;
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    const one = list[chosen];
    if (step) setAt((chosen + step + list.length) % list.length);
    else if (event.key === 'Escape') setClosedFor(list);
    else if ((event.key === 'Enter' || event.key === 'Tab') && one) {
      setAt(0);
      onChoose(one);
    } else return false;
    event.preventDefault();
    event.stopPropagation();
    return true;
  };
  return { open, at: chosen, setAt, pressed };
}

interface Props<One extends Suggestion> {
  id: string;
  label: string;
  list: One[];
  at: number;
  onAt: (at: number) => void;
  onChoose: (one: One) => void;
}

/** What was called up, above the text. The field keeps the focus and the keys. */
export function Suggestions<One extends Suggestion>({ id, label, list, at, onAt, onChoose }: Props<One>) {
  const box = useRef<HTMLDivElement>(null);
  useEffect(() => {
    box.current?.children[at]?.scrollIntoView({ block: 'nearest' });
  }, [at]);
  return (
    <div ref={box} id={id} role="listbox" aria-label={label} className={styles.suggestions}>
      {list.map((one, index) => (
        // biome-ignore lint/a11y/useKeyWithClickEvents: the field has the keys
        <div
          key={one.id}
          id={`${id}-${index}`}
          role="option"
          aria-selected={index === at}
          tabIndex={-1}
          onMouseDown={(event) => event.preventDefault()}
          onMouseMove={() => onAt(index)}
          onClick={() => onChoose(one)}
        >
          <span>{one.label}</span>
          {one.preview && <em>{one.preview}</em>}
          {one.detail && <small>{one.detail}</small>}
        </div>
      ))}
    </div>
  );
}
