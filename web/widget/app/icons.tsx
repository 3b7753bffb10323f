import type { ComponentChildren } from 'preact';

const stroke = (children: ComponentChildren) => () => (
  <svg
    viewBox="0 0 24 24"
    class="icon"
    fill="none"
    stroke="currentColor"
    stroke-width="1.8"
    stroke-linecap="round"
    stroke-linejoin="round"
    aria-hidden="true"
  >
    {children}
  </svg>
);

export const CloseIcon = stroke(<path d="M6 6l12 12M18 6 6 18" />);
export const DownIcon = stroke(<path d="m6 9 6 6 6-6" />);
export const PlusIcon = stroke(<path d="M12 5v14M5 12h14" />);
export const SendIcon = stroke(<path d="M12 19V5m-6 6 6-6 6 6" />);
export const HumanIcon = stroke(
  <>
    <path d="M5 14v-2a7 7 0 0 1 14 0v2" />
    <path d="M5 14h2v4H6a1 1 0 0 1-1-1zm14 0h-2v4h1a1 1 0 0 0 1-1zm-1 4c0 2-2 3-4 3" />
  </>,
);
export const FileIcon = stroke(
  <>
    <path d="M7 3h7l4 4v14H7z" />
    <path d="M14 3v4h4M10 13h5M10 17h5" />
  </>,
);
export const ImageIcon = stroke(
  <>
    <rect x="4" y="5" width="16" height="14" rx="3" />
    <path d="m5 17 5-5 4 4 2-2 3 3" />
    <circle cx="15" cy="9.5" r="1" />
  </>,
);
export const OrderIcon = stroke(
  <>
    <path d="M6 4h12v16l-3-2-3 2-3-2-3 2z" />
    <path d="M9 9h6M9 13h6" />
  </>,
);
export const BellIcon = stroke(<path d="M6 16v-5a6 6 0 0 1 12 0v5l2 2H4zM10 21h4" />);
export const TruckIcon = stroke(
  <>
    <path d="M3 7h11v9H3zM14 10h4l3 3v3h-7z" />
    <circle cx="7" cy="17.5" r="1.6" />
    <circle cx="17" cy="17.5" r="1.6" />
  </>,
);

/** The assistant's face: a flower of glass petals. */
export const PetalIcon = () => (
  <svg viewBox="0 0 24 24" class="petals" aria-hidden="true">
    {[0, 72, 144, 216, 288].map((turn) => (
      <ellipse key={turn} cx="12" cy="7" rx="3.6" ry="5" transform={`rotate(${turn} 12 12)`} />
    ))}
    <circle cx="12" cy="12" r="2.1" />
  </svg>
);
