const PHONE = '(max-width:520px),(max-height:480px)';

const STYLE = `:host{all:initial;color-scheme:light dark}
button,iframe{position:fixed;z-index:2147483000;right:20px;border:0;animation:r .2s}
.left *{right:auto;left:20px}
button{bottom:max(20px,env(safe-area-inset-bottom));height:52px;padding:0 20px 0 15px;border-radius:26px 26px 8px 26px;
display:flex;align-items:center;gap:9px;background:var(--c);color:var(--k);cursor:pointer;
font:600 15px "PingFang SC",system-ui;box-shadow:0 8px 24px #4b234047}
button:hover{filter:brightness(1.1)}
button:focus-visible{outline:3px solid #fff;box-shadow:0 0 0 6px var(--c)}
svg{width:23px}
b{position:absolute;top:-6px;right:-4px;left:auto;min-width:10px;padding:0 6px;border-radius:11px;
background:#b3261e;color:#fff;font:700 12px/22px system-ui;box-shadow:0 0 0 2px #fff}
b:empty,[hidden]{display:none}
iframe{bottom:88px;width:400px;height:min(690px,100dvh - 112px);max-width:calc(100vw - 40px);border-radius:22px;
background:Canvas;box-shadow:0 8px 48px #4b234047}
@keyframes r{0%{opacity:0;transform:translateY(14px)}}
@media ${PHONE}{iframe,.left iframe{inset:0;width:100%;max-width:none;height:100dvh;border-radius:0}.open button{display:none}}
@media (prefers-reduced-motion:reduce){button,iframe{animation:none}}
@media print{button,iframe{display:none}}`;

const ICON =
  '<svg viewBox="0 0 24 24" fill="none" stroke="currentColor" stroke-width="2" stroke-linecap="round"><path d="M12 4c5 0 9 3 9 7.5s-4 7.5-9 7.5q-1.5 0-3-.5L4 20.5l1-4q-2-2-2-5C3 7 7 4 12 4zM8.5 11.5h0m3.5 0h0m3.5 0h0"/></svg><span></span><b></b>';

export interface Look {
  label: string;
  color: string;
  ink: string;
  left: boolean;
}

/** What the loader draws into the shop's page. A shadow root keeps the shop's style out of it and ours out of the shop. */
export class View {
  readonly host = document.createElement('div');
  private readonly box = document.createElement('div');
  private readonly button = document.createElement('button');

  constructor({ label, color, ink, left }: Look, onPress: () => void) {
    const { box, button, host } = this;
    const root = host.attachShadow({ mode: 'open' });
    const sheet = new CSSStyleSheet();
    sheet.replaceSync(STYLE);
    root.adoptedStyleSheets = [sheet];
    box.className = left ? 'left' : '';
    box.style.setProperty('--c', color);
    box.style.setProperty('--k', ink);
    button.innerHTML = ICON;
    this.write('span', label);
    button.onclick = onPress;
    button.ariaExpanded = 'false';
    box.append(button);
    root.append(box);
    document.body.append(host);
  }

  frame(src: string, title: string, peek: boolean): HTMLIFrameElement {
    const frame = document.createElement('iframe');
    frame.src = src;
    frame.title = title;
    frame.hidden = peek;
    this.box.append(frame);
    return frame;
  }

  /** On a phone the chat covers the page, which then must not scroll behind it. */
  show(frame: HTMLIFrameElement, open: boolean): void {
    frame.hidden = !open;
    this.box.classList.toggle('open', open);
    this.button.ariaExpanded = String(open);
    document.documentElement.style.overflow = open && matchMedia(PHONE).matches ? 'hidden' : '';
    if (open) frame.focus();
    else this.button.focus();
  }

  count(unread: number): void {
    this.write('b', unread > 99 ? '99+' : unread ? String(unread) : '');
  }

  private write(part: 'b' | 'span', text: string): void {
    (this.button.querySelector(part) as HTMLElement).textContent = text;
  }
}
