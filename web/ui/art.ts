/**
 * Pictures of products that have none: a container that fits the kind of product, in colours that stay the same for the same
 * name. Everything drawn is ours and nothing of the name gets into the markup, so the result is safe to insert.
 */

interface Palette {
  ground: string;
  glow: string;
  body: string;
  deep: string;
}

const PALETTES: Palette[] = [
  { ground: '#f6e1e4', glow: '#fbeff0', body: '#d88fa3', deep: '#9c4766' },
  { ground: '#f7e6d8', glow: '#fdf3ea', body: '#e0a582', deep: '#a65f43' },
  { ground: '#e9e2f0', glow: '#f5f1f9', body: '#a993c4', deep: '#63497f' },
  { ground: '#e0ebe4', glow: '#f0f6f2', body: '#8fb5a0', deep: '#44705c' },
  { ground: '#f4ead2', glow: '#fbf5e7', body: '#d3b26a', deep: '#8a6a26' },
  { ground: '#dfe8ef', glow: '#eff5f9', body: '#8fabc4', deep: '#45647f' },
];

type Draw = (p: Palette) => string;

const SHADE = '<ellipse cx="60" cy="101" rx="27" ry="4" fill="#33202b" opacity=".1"/>';
const shine = (x: number, y: number, height: number) =>
  `<rect x="${x}" y="${y}" width="4" height="${height}" rx="2" fill="#fff" opacity=".5"/>`;

const dropper: Draw = (p) =>
  `<path d="M55 15h10v15H55z" fill="${p.deep}"/><rect x="51" y="27" width="18" height="15" rx="3" fill="${p.deep}"/>
<rect x="41" y="42" width="38" height="58" rx="9" fill="${p.body}"/><path d="M41 66h38v25a9 9 0 0 1-9 9H50a9 9 0 0 1-9-9z" fill="${p.deep}" opacity=".35"/>
<rect x="48" y="60" width="24" height="24" rx="2" fill="${p.glow}"/>${shine(45, 48, 30)}`;

const pump: Draw = (p) =>
  `<path d="M44 20h20a4 4 0 0 1 4 4v4h-8v8h-6v-9H44z" fill="${p.deep}"/><rect x="48" y="36" width="24" height="9" rx="3" fill="${p.deep}"/>
<path d="M38 55a10 10 0 0 1 10-10h24a10 10 0 0 1 10 10v38a7 7 0 0 1-7 7H45a7 7 0 0 1-7-7z" fill="${p.body}"/>
<rect x="46" y="62" width="28" height="22" rx="2" fill="${p.glow}"/>${shine(42, 54, 36)}`;

const jar: Draw = (p) =>
  `<rect x="32" y="40" width="56" height="20" rx="5" fill="${p.deep}"/><rect x="28" y="59" width="64" height="41" rx="12" fill="${p.body}"/>
<rect x="44" y="70" width="32" height="17" rx="2" fill="${p.glow}"/>${shine(33, 66, 22)}`;

const tube: Draw = (p) =>
  `<path d="M41 18h38l-4 62H45z" fill="${p.body}"/><rect x="40" y="14" width="40" height="7" rx="2" fill="${p.deep}" opacity=".6"/>
<rect x="46" y="80" width="28" height="20" rx="4" fill="${p.deep}"/><rect x="49" y="38" width="22" height="24" rx="2" fill="${p.glow}"/>${shine(47, 26, 40)}`;

const lipstick: Draw = (p) =>
  `<path d="M49 48V27l20-11a2 2 0 0 1 3 2v30z" fill="${p.deep}"/><path d="M49 27l20-11a2 2 0 0 1 3 2l-1 8-22 13z" fill="${p.body}"/>
<rect x="46" y="46" width="29" height="18" rx="2" fill="#e5c88f"/><rect x="42" y="63" width="37" height="37" rx="4" fill="${p.deep}"/>${shine(47, 68, 26)}`;

const compact: Draw = (p) =>
  `<circle cx="60" cy="44" r="29" fill="${p.deep}"/><circle cx="60" cy="44" r="23" fill="${p.glow}"/>
<path d="M44 52a23 23 0 0 1 26-24l-24 30z" fill="#fff" opacity=".7"/><ellipse cx="60" cy="82" rx="36" ry="18" fill="${p.deep}"/>
<ellipse cx="60" cy="79" rx="30" ry="13" fill="${p.body}"/><ellipse cx="60" cy="78" rx="21" ry="8" fill="${p.glow}" opacity=".55"/>`;

const sachet: Draw = (p) =>
  `<rect x="33" y="20" width="54" height="80" rx="5" fill="${p.body}"/><path d="M33 30h54M33 91h54" stroke="${p.glow}" stroke-width="2" stroke-dasharray="3 3"/>
<path d="M60 43c13 0 18 9 17 18-1 12-9 21-17 21s-16-9-17-21c-1-9 4-18 17-18z" fill="${p.glow}"/>
<path d="M50 59h7m6 0h7M56 71h8" stroke="${p.deep}" stroke-width="2.4" stroke-linecap="round"/>`;

const perfume: Draw = (p) =>
  `<rect x="50" y="18" width="20" height="20" rx="4" fill="${p.deep}"/><rect x="54" y="36" width="12" height="9" fill="#e5c88f"/>
<path d="M44 45h32l12 12v34a9 9 0 0 1-9 9H41a9 9 0 0 1-9-9V57z" fill="${p.body}"/><path d="M37 68h46v21a6 6 0 0 1-6 6H43a6 6 0 0 1-6-6z" fill="${p.deep}" opacity=".4"/>
<rect x="48" y="60" width="24" height="18" rx="2" fill="${p.glow}"/>`;

const KINDS: [RegExp, Draw][] = [
  [/精华|原液|安瓶|肌底|精油|serum|essence|ampoule|oil/i, dropper],
  [/面膜|眼膜|mask/i, sachet],
  [/香水|香氛|perfume|fragrance/i, perfume],
  [/唇|口红|lip/i, lipstick],
  [/粉饼|气垫|腮红|眼影|散粉|蜜粉|高光|修容|粉底|cushion|powder|blush|shadow/i, compact],
  [/防晒|洁面|洗面|隔离|护手|手霜|身体乳|慕斯|sun|clean|wash|tube/i, tube],
  [/霜|膏|冻|泥|cream|balm|jar/i, jar],
];

const hash = (text: string): number =>
  [...text].reduce((sum, char) => (sum * 31 + (char.codePointAt(0) ?? 0)) >>> 0, 7);

/** SVG markup for a product known by its title and perhaps its category. */
export function productArt(title: string, category = ''): string {
  const palette = PALETTES[hash(title) % PALETTES.length] as Palette;
  const draw = [title, category].flatMap((text) => KINDS.filter(([kind]) => kind.test(text)))[0]?.[1] ?? pump;
  return `<svg viewBox="0 0 120 120" aria-hidden="true" focusable="false"><rect width="120" height="120" fill="${palette.ground}"/>
<circle cx="88" cy="30" r="46" fill="${palette.glow}" opacity=".8"/>${SHADE}${draw(palette)}</svg>`;
}
