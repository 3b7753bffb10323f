/**
 * Gives the keyboard's place back when a dialog is gone.
 *
 * Ours are taken out of the page the moment that they close, before antd, which waits for the fading, would do it: the focus
 * would be nowhere, and the next Tab would start at the top of the page.
 */

/** What had the focus last in each of the page's layers (the page itself, each dialog, each menu), the latest at the end. */
const places = new Map<Element, HTMLElement>();

function layerOf(element: Element): Element | undefined {
  return [...document.body.children].find((layer) => layer.contains(element));
}

function remember({ target }: FocusEvent): void {
  const layer = target instanceof HTMLElement ? layerOf(target) : undefined;
  if (!layer) return;
  places.delete(layer);
  places.set(layer, target as HTMLElement);
}

/** The latest place that still takes it: what a menu offered has been hidden since. */
function giveBack(): void {
  for (const place of [...places.values()].reverse()) {
    place.focus();
    if (document.activeElement === place) return;
  }
}

function forget(changes: MutationRecord[]): void {
  const gone = changes.flatMap(({ removedNodes }) => [...removedNodes]);
  const left = gone.filter((node) => places.delete(node as Element));
  if (left.length > 0 && document.activeElement === document.body) giveBack();
}

export function keepFocus(): void {
  document.addEventListener('focusin', remember);
  new MutationObserver(forget).observe(document.body, { childList: true });
}
