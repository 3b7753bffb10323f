/** What is open beside the list: something that is kept, or something new. */
import { useState } from 'react';
import { useLeave } from '@/shared/useLeave';

interface Opened<Draft> {
  /** None: it is new. */
  id: string | null;
  draft: Draft;
  /** Another for each time that something was opened. */
  turn: number;
}

export function useOpened<Draft>() {
  const [opened, setOpened] = useState<Opened<Draft> | null>(null);
  const [changed, setChanged] = useState(false);
  const leave = useLeave(changed);
  const show = (id: string | null, draft: Draft | null) => {
    setChanged(false);
    setOpened((before) => draft && { id, draft, turn: (before?.turn ?? 0) + 1 });
  };
  return { opened, show, leave, setChanged };
}
