/** A function that runs `action` at once, then at most every so many milliseconds, and once more for what came between. */
export function throttled(action: () => void, every: number): { run: () => void; stop: () => void } {
  let timer = 0;
  let again = false;
  const pause = () => {
    timer = globalThis.setTimeout(() => {
      timer = 0;
      if (again) {
        again = false;
        action();
        pause();
      }
    }, every) as unknown as number;
  };
  const run = () => {
    if (timer) {
      again = true;
      return;
    }
    action();
    pause();
  };
  const stop = () => {
    globalThis.clearTimeout(timer);
    timer = 0;
    again = false;
  };
  return { run, stop };
}
