import { Button, Skeleton } from 'antd';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { prefer, usePreferences } from '@/shared/preferences';
import styles from './profile.module.css';

interface Props {
  /** Under which it is remembered that somebody folded it. */
  id: string;
  title: string;
  /** Beside the title, such as how many there are. */
  extra?: ReactNode;
  children: ReactNode;
}

/** A part of the panel that can be folded, and stays so. */
export function Part({ id, title, extra, children }: Props) {
  const { foldedParts } = usePreferences();
  const folded = foldedParts.includes(id);
  const toggle = () => prefer({ foldedParts: folded ? foldedParts.filter((one) => one !== id) : [...foldedParts, id] });
  return (
    <section className={styles.part} aria-label={title}>
      <header>
        <h3>
          <button type="button" className={styles.fold} aria-expanded={!folded} onClick={toggle}>
            <i aria-hidden data-folded={folded} />
            {title}
          </button>
        </h3>
        {extra}
      </header>
      {!folded && children}
    </section>
  );
}

interface Asked {
  isPending: boolean;
  isError: boolean;
  error: Error | null;
  refetch: () => unknown;
}

/** What stands there until an answer comes, and when it does not. */
export function Pending({ of, rows = 2 }: { of: Asked; rows?: number }) {
  const { t } = useTranslation();
  if (of.isPending) return <Skeleton active title={false} paragraph={{ rows }} />;
  if (!of.isError) return null;
  return (
    <p role="alert" className={styles.failed}>
      {of.error?.message}
      <Button size="small" type="link" onClick={() => void of.refetch()}>
        {t('profile.again')}
      </Button>
    </p>
  );
}
