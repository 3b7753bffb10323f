import { lazy, Suspense } from 'react';
import { useRisk } from './risks';

const RiskMark = lazy(() => import('./RiskMark'));

/** A mark where a conversation or a ticket is likely to go wrong, else nothing. */
export function AtRisk({ id, alone }: { id: string; alone?: boolean }) {
  const risk = useRisk(id);
  return (
    risk && (
      <Suspense>
        <RiskMark risk={risk} alone={alone} />
      </Suspense>
    )
  );
}
