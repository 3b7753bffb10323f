import type { ReactNode } from 'react';
import styles from './field.module.css';

interface Props {
  label: string;
  hint?: string;
  /** Nothing can be saved without it. */
  required?: boolean;
  children: ReactNode;
}

/** A field under its name. */
export function Field({ label, hint, required, children }: Props) {
  return (
    // biome-ignore lint/a11y/noLabelWithoutControl: the field is among the children
    <label className={styles.field}>
      <span className={required ? styles.required : undefined}>{label}</span>
      {children}
      {hint && <small>{hint}</small>}
    </label>
  );
}
