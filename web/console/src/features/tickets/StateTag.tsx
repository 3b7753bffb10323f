import type { Category } from '@/shared/tickets';
import styles from './tickets.module.css';
import { useKnown } from './useKnown';

/** The name of a state in the colour of what it means. */
export function StateTag({ card }: { card: { kind_id: string; state: string; category: Category } }) {
  const { kind } = useKnown();
  const name = kind(card.kind_id)?.states.find(({ code }) => code === card.state)?.name ?? card.state;
  return (
    <span className={styles.state} data-category={card.category} title={name}>
      {name}
    </span>
  );
}
