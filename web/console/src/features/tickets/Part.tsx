import type { ReactNode } from 'react';
import styles from './detail.module.css';

interface Props {
  title: string;
  /** Beside the title. */
  extra?: ReactNode;
  children: ReactNode;
}

/** A part of a ticket under its name. */
export function Part({ title, extra, children }: Props) {
  return (
    <section className={styles.part} aria-label={title}>
      <header>
        <h3>{title}</h3>
        {extra}
      </header>
      {children}
    </section>
  );
}
