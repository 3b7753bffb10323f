/** Conversations and tickets that are likely to go wrong, asked for in one place for all that show it. */
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { createContext, useCallback, useContext } from 'react';
import { apiV1WarningsList } from '@/client';
import type { Risk, RiskList } from '@/client/types.gen';
import { ask } from './api';
import { type Frame, useFrames } from './live';

export type { Risk };

const RISKS = ['risks'];
/** The server looks ahead once a minute. */
const EVERY = 30_000;

const byId = ({ items }: RiskList) => new Map(items.map((risk) => [risk.id, risk]));

export const RisksContext = createContext<ReadonlyMap<string, Risk>>(new Map());

/** All of them, kept right while mounted. */
export function useRisks() {
  const queries = useQueryClient();
  const heard = useCallback(
    (frame: Frame) => {
      const told = frame.type === 'ready' || frame.type === 'resync';
      if (told || (frame.type === 'notice' && frame.kind === 'warned'))
        void queries.invalidateQueries({ queryKey: RISKS });
    },
    [queries],
  );
  useFrames(heard);
  return useQuery({
    queryKey: RISKS,
    queryFn: () => ask(apiV1WarningsList()),
    select: byId,
    staleTime: EVERY,
    refetchInterval: EVERY,
  });
}

export const useRisk = (id: string) => useContext(RisksContext).get(id);
