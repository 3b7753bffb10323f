/** Colleagues named with @ in a note. */
import { useQuery } from '@tanstack/react-query';
import { useMemo, useRef } from 'react';
import { api } from '@/shared/api';
import { useMay, useMe } from '@/shared/session';
import type { Suggestion } from './Suggestions';
import type { Called } from './trigger';

const SHOWN = 8;

/** Colleagues whose name has what was written after the @. */
export function useColleagues(called: Called | null): Suggestion[] | null {
  const me = useMe().staff.id;
  const seesStaff = useMay('staff.read');
  const colleagues = useQuery({
    queryKey: ['colleagues'],
    queryFn: api.colleagues,
    enabled: seesStaff && called !== null,
  });
  const words = called?.words;
  return useMemo(() => {
    if (words === undefined) return null;
    return (colleagues.data?.items ?? [])
      .filter(({ id, display_name }) => id !== me && display_name.toLowerCase().includes(words.toLowerCase()))
      .slice(0, SHOWN)
      .map(({ id, display_name }) => ({ id, label: display_name }));
  }, [colleagues.data, me, words]);
}

/** Who was chosen, as far as the text still names them. */
export function useMentioned() {
  const chosen = useRef(new Map<string, string>());
  return {
    add: ({ id, label }: Suggestion) => chosen.current.set(id, label),
    in: (text: string): string[] =>
      [...chosen.current].filter(([, name]) => text.includes(`@${name}`)).map(([id]) => id),
  };
}
