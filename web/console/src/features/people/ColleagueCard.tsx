import type { Colleague } from '@/shared/people';
import { stateOf } from './drafts';
import styles from './people.module.css';
import { StateMark } from './StateMark';
import { usePlaces } from './usePlaces';

/** What everybody may know of a colleague. */
export function ColleagueCard({ colleague }: { colleague: Colleague }) {
  const { placesOf } = usePlaces();
  return (
    <header className={styles.head}>
      <h2>{colleague.display_name}</h2>
      <StateMark state={stateOf(colleague)} />
      <span>{placesOf(colleague.memberships)}</span>
    </header>
  );
}
