/** A label: its name in ordinary ink beside a dot of its colour, so that it can be read whatever the colour is. */
import type { Label, LabelColor } from './api';
import styles from './label.module.css';

export const LABEL_COLORS: LabelColor[] = [
  'gray',
  'red',
  'orange',
  'yellow',
  'green',
  'cyan',
  'blue',
  'purple',
  'pink',
];

export function LabelDot({ color }: { color: LabelColor }) {
  return <i className={styles.dot} data-color={color} aria-hidden />;
}

export function LabelChip({ label }: { label: Label }) {
  return (
    <span className={styles.chip} data-archived={label.archived} title={label.name}>
      <LabelDot color={label.color} />
      <span>{label.name}</span>
    </span>
  );
}
