import { describe, expect, it } from 'vitest';
import type { Me } from './api';
import { askedName, type Escalation, isAsked } from './escalations';

const step = (changes: Partial<Escalation>): Escalation => ({
  id: 'e1',
  conversation_id: 'c1',
  step: 'specialists',
  title: '专员团队',
  trigger: 'requested',
  reason: '客户要求赔付',
  level: 3,
  owner_name: '专员团队',
  created_at: '2026-11-20T02:00:00Z',
  receipt_due_at: '2026-11-20T02:05:00Z',
  ...changes,
});
const me = (permissions: Me['permissions'] = []): Pick<Me, 'staff' | 'permissions'> => ({
  permissions,
  staff: {
    id: 'me',
    login: 'me',
    display_name: '语桐',
    locale: 'zh',
    demo: false,
    teams: [{ id: 'mine', name: '售后组' }],
    departments: [{ id: 'service', name: '客服' }],
  },
});
const LEADER = me(['conversations.assign']);
const HEAD = me(['tickets.manage']);

describe('who may confirm a step', () => {
  it.each([
    ['the person who was asked', { owner_id: 'me' }, me(), true],
    ['not another one', { owner_id: 'other' }, me(), false],
    ['not a leader instead of that person', { owner_id: 'other' }, LEADER, false],
    ['one of the team', { team_id: 'mine' }, me(), true],
    ['nobody of another team', { team_id: 'theirs' }, me(), false],
    ['anybody, where there is no team', {}, me(), true],
    ['one of the department', { department_id: 'service' }, me(), true],
    ['nobody of another department', { department_id: 'logistics' }, me(), false],
    ['a leader for a department', { department_id: 'logistics' }, LEADER, true],
    ['a leader at the end', { step: 'supervisors' }, LEADER, true],
    ['no agent at the end', { step: 'supervisors' }, me(), false],
    ['who directs the department of a ticket', { about_ticket_id: 't1', department_id: 'service' }, HEAD, true],
    ['nobody of another department', { about_ticket_id: 't1', department_id: 'logistics' }, HEAD, false],
    ['no member without a say', { about_ticket_id: 't1', department_id: 'service' }, me(), false],
    ['who directs any tickets, at the end', { about_ticket_id: 't1', step: 'supervisors' }, HEAD, true],
  ])('%s', (_, changes, reader, may) => {
    expect(isAsked(step(changes), reader)).toBe(may);
  });
});

it('names a person beside the step, a team only once', () => {
  expect(askedName(step({ title: '专员', owner_name: '语桐' }))).toBe('专员 · 语桐');
  expect(askedName(step({}))).toBe('专员团队');
});
