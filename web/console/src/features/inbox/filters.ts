/** What is listed, as it stands in the address: links and the browser's back button keep it. */
import { useCallback, useMemo } from 'react';
import { useSearchParams } from 'react-router';
import type { Sort, State, View } from '@/shared/api';
import type { Wanted } from './list';

export const VIEWS: View[] = ['mine', 'waiting', 'all', 'assistant'];
export const SORTS: Sort[] = ['deadline', 'waiting_since', 'last_activity', 'level'];
/** The ways by which customers come. */
export const CHANNELS = ['web'] as const;
export const STATES: State[] = ['pending', 'open', 'snoozed', 'resolved'];
export const LEVELS = [1, 2, 3, 4, 5] as const;

const oneOf = <T extends string>(values: T[], value: string | null): T | undefined =>
  values.find((one) => one === value);

/** Who waits is listed as dispatch would take them: the gravest first, then whoever has waited longest. */
const usualSort = (view: View): Sort => (view === 'waiting' ? 'level' : 'last_activity');

export function useWanted(): [Wanted, (changes: Partial<Wanted>) => void] {
  const [params, setParams] = useSearchParams();
  const text = params.toString();
  const wanted = useMemo<Wanted>(() => {
    const params = new URLSearchParams(text);
    const level = Number(params.get('level'));
    const view = oneOf(VIEWS, params.get('view')) ?? 'mine';
    return {
      view,
      sort: oneOf(SORTS, params.get('sort')) ?? usualSort(view),
      state: oneOf(STATES, params.get('state')),
      level: level >= 1 && level <= 5 ? level : undefined,
      intent: params.get('intent') ?? undefined,
      channel: params.get('channel') ?? undefined,
      shop: params.get('shop') ?? undefined,
      team_id: params.get('team_id') ?? undefined,
      assignee_id: params.get('assignee_id') ?? undefined,
      label: params.get('label') ?? undefined,
      followed: params.get('followed') === 'true' || undefined,
      spam: params.get('spam') === 'true' || undefined,
    };
  }, [text]);

  const change = useCallback(
    (changes: Partial<Wanted>) => {
      setParams((before) => {
        const after = new URLSearchParams(before);
        for (const [name, value] of Object.entries(changes)) {
          if (value === undefined) after.delete(name);
          else after.set(name, String(value));
        }
        return after;
      });
    },
    [setParams],
  );
  return [wanted, change];
}
