import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { AgentOnBoard, Board, Line } from '@/shared/api';
import { throttled } from '@/shared/throttle';
import { figures, levelsOf, ofTeam, receivers } from './board';

const agent = (staff_id: string, changes: Partial<AgentOnBoard> = {}): AgentOnBoard => ({
  staff_id,
  name: staff_id,
  status: 'online',
  capacity: 5,
  load: 0,
  changed_at: '2026-11-22T00:00:00Z',
  rest_until: null,
  tired: null,
  team_ids: [],
  conversations: [],
  ...changes,
});
const line = (level: number, waiting_since: string, team_id: string | null = null) =>
  ({ level, waiting_since, team_id, last_message_at: '2026-11-22T09:00:00Z' }) as Line;

const QUEUE = [
  line(3, '2026-11-22T08:05:00Z'),
  line(1, '2026-11-22T08:02:00Z', 'a'),
  line(1, '2026-11-22T08:01:00Z', 'b'),
];
const BOARD: Board = {
  waiting: QUEUE,
  by_level: levelsOf(QUEUE),
  agents: [
    agent('free', { team_ids: ['a'] }),
    agent('full', { load: 5, team_ids: ['a', 'b'] }),
    agent('away', { status: 'away', load: 1, team_ids: ['b'] }),
    agent('gone', { status: 'offline', load: 2 }),
  ],
  queues: [],
  teams: [],
};

describe('the board in figures', () => {
  it('counts who waits by level, the highest first, with who has waited longest', () => {
    expect(BOARD.by_level).toEqual([
      { level: 3, waiting: 1, oldest: '2026-11-22T08:05:00Z' },
      { level: 1, waiting: 2, oldest: '2026-11-22T08:01:00Z' },
    ]);
  });

  it('adds up what those carry and can carry who are there', () => {
    expect(figures(BOARD)).toEqual({
      waiting: 3,
      oldest: '2026-11-22T08:01:00Z',
      online: 2,
      there: 3,
      load: 6,
      capacity: 15,
    });
  });

  it('has no longest wait when nobody waits', () => {
    expect(figures({ by_level: [], agents: [] })).toMatchObject({ waiting: 0, oldest: null });
  });

  it('shows a team its own and what waits for anybody', () => {
    const shown = ofTeam(BOARD, 'b');
    expect(shown.waiting.map((one) => one.team_id)).toEqual([null, 'b']);
    expect(shown.agents.map((one) => one.staff_id)).toEqual(['full', 'away']);
    expect(ofTeam(BOARD, null)).toBe(BOARD);
  });

  it('offers who has room first, and not who has it already', () => {
    expect(receivers(BOARD.agents, 'away').map((one) => one.staff_id)).toEqual(['free', 'full', 'gone']);
  });
});

describe('asking again', () => {
  beforeEach(() => void vi.useFakeTimers());
  afterEach(() => void vi.useRealTimers());

  it('is at once, then at most every five seconds, and misses nothing', () => {
    const action = vi.fn();
    const { run, stop } = throttled(action, 5000);
    for (let count = 0; count < 10; count++) run();
    expect(action).toHaveBeenCalledTimes(1);
    vi.advanceTimersByTime(5000);
    expect(action).toHaveBeenCalledTimes(2);
    vi.advanceTimersByTime(60_000);
    expect(action).toHaveBeenCalledTimes(2);
    run();
    run();
    stop();
    vi.advanceTimersByTime(60_000);
    expect(action).toHaveBeenCalledTimes(3);
  });
});
