import type { ReactNode } from 'react';
import { Outlet } from 'react-router';
import styles from './sections.module.css';

interface Props {
  title: string;
  /** A link to each page of the area that its reader may see. */
  children: ReactNode;
}

/** An area of several pages, one of them shown below their links. */
export function Sections({ title, children }: Props) {
  return (
    <div className={styles.page}>
      <header className={styles.top}>
        <h1>{title}</h1>
        <nav aria-label={title}>{children}</nav>
      </header>
      <Outlet />
    </div>
  );
}
