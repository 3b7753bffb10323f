import { useEffect, useLayoutEffect, useRef, useState } from 'preact/hooks';
import type { ChatState } from './state.ts';

const NEAR_END_PX = 60;

/** The customer can see the chat: it is open, and so is the page. */
export function useWatching(open: boolean): boolean {
  const [visible, setVisible] = useState(document.visibilityState === 'visible');
  useEffect(() => {
    const update = () => setVisible(document.visibilityState === 'visible');
    document.addEventListener('visibilitychange', update);
    return () => document.removeEventListener('visibilitychange', update);
  }, []);
  return open && visible;
}

/**
 * Stays at the end while the customer is there, leaves them alone while they read further up, and keeps what they read in
 * its place when older messages come in above it.
 */
export function useScrolling(state: ChatState, rows: number, onTop: () => void) {
  const list = useRef<HTMLDivElement>(null);
  const top = useRef<HTMLDivElement>(null);
  const [atEnd, setAtEnd] = useState(true);
  const stick = useRef(true);
  const anchor = useRef({ firstSeq: 0, height: 0, waiting: 0 });

  const toEnd = (glide: boolean) => {
    stick.current = true;
    const smooth = glide && !matchMedia('(prefers-reduced-motion: reduce)').matches;
    list.current?.scrollTo({ top: list.current.scrollHeight, behavior: smooth ? 'smooth' : 'instant' });
  };

  useLayoutEffect(() => {
    const box = list.current;
    if (!box) return;
    const firstSeq = state.messages[0]?.seq ?? 0;
    const { firstSeq: formerFirst, height, waiting } = anchor.current;
    if (state.outbox.length > waiting) stick.current = true;
    if (stick.current) toEnd(false);
    else if (firstSeq < formerFirst) box.scrollTop += box.scrollHeight - height;
    anchor.current = { firstSeq, height: box.scrollHeight, waiting: state.outbox.length };
  }, [rows, state.messages, state.outbox.length, state.typing, state.phase]);

  useEffect(() => {
    const box = list.current;
    if (!box) return;
    const onScroll = () => {
      stick.current = box.scrollHeight - box.scrollTop - box.clientHeight < NEAR_END_PX;
      setAtEnd(stick.current);
    };
    const onGrowth = () => stick.current && toEnd(false);
    const resized = new ResizeObserver(onGrowth);
    resized.observe(box);
    box.addEventListener('scroll', onScroll, { passive: true });
    box.addEventListener('load', onGrowth, true);
    return () => {
      box.removeEventListener('scroll', onScroll);
      box.removeEventListener('load', onGrowth, true);
      resized.disconnect();
    };
  }, []);

  useEffect(() => {
    const box = list.current;
    const mark = top.current;
    if (!box || !mark || !state.hasMore) return;
    const nearTop = new IntersectionObserver(([entry]) => entry?.isIntersecting && onTop(), {
      root: box,
      rootMargin: '240px 0px 0px 0px',
    });
    nearTop.observe(mark);
    return () => nearTop.disconnect();
  }, [state.hasMore, state.messages[0]?.seq]);

  return { list, top, atEnd, toEnd };
}
