/** To whom a conversation can be passed on, as far as it fits what was typed. */
import type { Conversation, Department, Presence, Transfer } from '@/shared/api';

export interface Target {
  key: string;
  name: string;
  to: Transfer;
  presence?: Presence;
  department?: string;
}

interface Known {
  people: { id: string; display_name: string }[];
  departments: Department[];
  presences: Presence[];
  head: Pick<Conversation, 'assignee_id' | 'team_id'>;
  me: string;
  words: string;
}

/** People who are there first, and of them who has the most room. */
export function targetsOf({ people, departments, presences, head, me, words }: Known) {
  const fits = (...names: string[]) => names.some((name) => name.toLowerCase().includes(words.trim().toLowerCase()));
  const there = new Map(presences.map((presence) => [presence.staff_id, presence]));
  const serving = departments.filter((department) => department.teams.length > 0);
  return {
    people: people
      .filter(({ id, display_name }) => id !== me && id !== head.assignee_id && fits(display_name))
      .map(({ id, display_name }): Target => {
        return { key: id, name: display_name, to: { staff_id: id }, presence: there.get(id) };
      })
      .toSorted((a, b) => room(b.presence) - room(a.presence)),
    teams: serving.flatMap((department) =>
      department.teams
        .filter(({ id, name }) => (id !== head.team_id || head.assignee_id) && fits(name, department.name))
        .map(({ id, name }): Target => ({ key: id, name, to: { team_id: id }, department: department.name })),
    ),
    departments: serving
      .filter(({ name }) => fits(name))
      .map(({ id, name }): Target => ({ key: id, name, to: { department_id: id } })),
  };
}

function room(presence: Presence | undefined): number {
  if (!presence) return -1000;
  const free = presence.capacity - presence.load;
  return presence.status === 'online' ? 1000 + free : free;
}
