/** What the board says in figures; pure. */
import type { AgentOnBoard, Board, Line } from '@/shared/api';

/** Only what concerns one team; null: all. What waits for no team in particular concerns everybody. */
export function ofTeam(board: Board, team: string | null): Pick<Board, 'waiting' | 'agents'> {
  if (team === null) return board;
  return {
    waiting: board.waiting.filter((line) => line.team_id === null || line.team_id === team),
    agents: board.agents.filter((agent) => agent.team_ids.includes(team)),
  };
}

export interface Figures {
  waiting: number;
  oldest: string | null;
  online: number;
  there: number;
  load: number;
  capacity: number;
}

/** `by_level` counts what is not listed too. Load and capacity are of those who are there. */
export function figures({ by_level, agents }: Pick<Board, 'by_level' | 'agents'>): Figures {
  const there = agents.filter((agent) => agent.status !== 'offline');
  const online = there.filter((agent) => agent.status === 'online');
  const sum = (values: number[]) => values.reduce((total, value) => total + value, 0);
  return {
    waiting: sum(by_level.map((one) => one.waiting)),
    oldest: by_level.map((one) => one.oldest).toSorted()[0] ?? null,
    online: online.length,
    there: there.length,
    load: sum(there.map((agent) => agent.load)),
    capacity: sum(there.map((agent) => agent.capacity)),
  };
}

/** How many of each level a list has, the highest first, as the server counts them for the whole queue. */
export function levelsOf(waiting: Line[]): Board['by_level'] {
  const levels = new Map<number, { level: number; waiting: number; oldest: string }>();
  for (const line of waiting) {
    const since = line.waiting_since ?? line.last_message_at;
    const known = levels.get(line.level);
    if (!known) levels.set(line.level, { level: line.level, waiting: 1, oldest: since });
    else {
      known.waiting += 1;
      if (since < known.oldest) known.oldest = since;
    }
  }
  return [...levels.values()].toSorted((a, b) => b.level - a.level);
}

/** To whom a conversation may be given: who is online and has the most room first. */
export function receivers(agents: AgentOnBoard[], except: string | null): AgentOnBoard[] {
  const rank = (agent: AgentOnBoard) => (agent.status === 'online' ? 1000 : 0) + agent.capacity - agent.load;
  return agents.filter((agent) => agent.staff_id !== except).toSorted((a, b) => rank(b) - rank(a));
}
