import { useEffect, useState } from 'react';

/** What was typed, once nobody has typed for a moment: each of its values asks the server. */
export function useSettled(words: string, milliseconds = 250): string {
  const [settled, setSettled] = useState(words);
  useEffect(() => {
    const timer = window.setTimeout(() => setSettled(words), milliseconds);
    return () => window.clearTimeout(timer);
  }, [words, milliseconds]);
  return settled;
}
