import { describe, expect, it } from 'vitest';
import type { Presence } from '@/shared/api';
import { targetsOf } from './targets';

const person = (id: string, display_name: string) => ({ id, display_name });
const present = (staff_id: string, status: Presence['status'], load: number): Presence => ({
  staff_id,
  status,
  capacity: 5,
  load,
  changed_at: '2026-11-25T08:00:00Z',
});
const service = {
  id: 'service',
  code: 'service',
  name: '客户服务部',
  teams: [
    { id: 'presale', name: '售前组' },
    { id: 'aftersale', name: '售后组' },
  ],
};
const KNOWN = {
  people: [person('me', '小雅'), person('b', '小舟'), person('c', '晓彤'), person('d', '语桐'), person('e', 'Anna')],
  departments: [service, { id: 'logistics', code: 'logistics', name: '物流部', teams: [] }],
  presences: [present('b', 'away', 0), present('c', 'online', 4), present('d', 'online', 1)],
  head: { assignee_id: 'me', team_id: 'presale' },
  me: 'me',
  words: '',
};
const names = (targets: { name: string }[]) => targets.map(({ name }) => name);

describe('targets', () => {
  it('are colleagues who are there first, by their room, and never oneself', () => {
    expect(names(targetsOf(KNOWN).people)).toEqual(['语桐', '晓彤', '小舟', 'Anna']);
  });

  it('are departments only where somebody serves customers', () => {
    expect(names(targetsOf(KNOWN).departments)).toEqual(['客户服务部']);
    expect(names(targetsOf(KNOWN).teams)).toEqual(['售前组', '售后组']);
  });

  it('are not the team in whose queue it waits already, nor who has it', () => {
    const waiting = targetsOf({ ...KNOWN, head: { assignee_id: null, team_id: 'presale' } });
    expect(names(waiting.teams)).toEqual(['售后组']);
    expect(names(targetsOf({ ...KNOWN, head: { assignee_id: 'd', team_id: null } }).people)).not.toContain('语桐');
  });

  it.each([
    ['桐', ['语桐'], []],
    ['anna', ['Anna'], []],
    ['售后', [], ['售后组']],
    ['客户服务', [], ['售前组', '售后组']],
  ])('fit what was typed: %s', (words, people, teams) => {
    const found = targetsOf({ ...KNOWN, words });
    expect([names(found.people), names(found.teams)]).toEqual([people, teams]);
  });
});
