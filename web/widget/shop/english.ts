export const english = new URLSearchParams(location.search).get('lang') === 'en';

/** The page is written in Chinese; each text carries its English beside it. `|` breaks the line. */
export function translate(): void {
  if (english) {
    document.documentElement.lang = 'en';
    document.title = 'Liuli Beauty · demo shop';
    for (const node of document.querySelectorAll<HTMLElement>('[data-en]')) node.textContent = node.dataset.en ?? '';
    for (const node of document.querySelectorAll<HTMLElement>('[data-en-label]')) {
      node.ariaLabel = node.dataset.enLabel ?? '';
    }
    const other = document.querySelector<HTMLAnchorElement>('.lang');
    if (other) Object.assign(other, { href: '/', textContent: '中文', lang: 'zh-CN', hreflang: 'zh-CN' });
  }
  for (const heading of document.querySelectorAll('h1')) {
    const lines = (heading.textContent ?? '').split('|');
    heading.replaceChildren(...lines.flatMap((line, at) => (at ? [document.createElement('br'), line] : [line])));
  }
}
