import { describe, expect, it } from 'vitest';
import type { Chain, ChainStep, Edge } from '@/shared/escalations';
import { arcsOf, asKind, drawn, faultyStep, isWhole, newStep, waysOf, withoutStep } from './chain';

const step = (id: string, next: Edge[] = [], changes: Partial<ChainStep> = {}): ChainStep => ({
  id,
  title: id.toUpperCase(),
  kind: 'team',
  receipt_minutes: 10,
  next,
  ...changes,
});
const always = (to: string): Edge => ({ to });
const about = (to: string): Edge => ({ to, intents: ['logistics.*'] });

/** As it ships: the team goes to technology or logistics, else to the supervisors. */
const CHAIN: Chain = {
  first: 'a',
  steps: [
    step('log'),
    step('a', [always('team')]),
    step('team', [about('tech'), about('log')]),
    step('tech', [always('log')]),
  ],
  triggers: [],
};

describe('a chain that is edited', () => {
  it('loses a step together with the ways to it, and begins with another if that was the first', () => {
    const chain = withoutStep(CHAIN, 'a');
    expect(chain.first).toBe('log');
    expect(withoutStep(CHAIN, 'log').steps.at(-1)?.next).toEqual([]);
  });

  it('gives a new step an id that is free', () => {
    expect(newStep([step('step_2')]).id).toBe('step_3');
  });

  it('forgets the department with another kind', () => {
    expect({ ...step('x', [], { department: 'tech' }), ...asKind('person') }).toMatchObject({ department: null });
  });

  it.each([
    ['as it is', CHAIN, true],
    ['a step without a name', { ...CHAIN, steps: [step('a', [], { title: ' ' })] }, false],
    ['a way to nowhere', { ...CHAIN, steps: [step('a', [always('')])] }, false],
    ['no step', { ...CHAIN, steps: [], first: '' }, false],
  ])('can be sent: %s', (_, chain, whole) => {
    expect(isWhole(chain)).toBe(whole);
  });

  it.each([
    ['升级链路有问题：“TECH”要选部门。', 'tech'],
    ['The escalation chain does not hold: “TEAM” leads back to itself.', 'team'],
    ['没有部门“nowhere”。', 'with_department'],
    ['升级链路有问题：步骤“log”不存在。', 'team'],
    ['名字刚刚发布了新的升级链路。', null],
  ])('shows %s at %s', (message, id) => {
    const steps = [...CHAIN.steps.slice(1), step('with_department', [], { department: 'nowhere' })];
    expect(faultyStep(message, steps)).toBe(id);
  });
});

describe('a chain that is drawn', () => {
  it('has nothing above what leads to it, and at the end what nothing leads to', () => {
    const chain = { ...CHAIN, steps: [step('lost'), ...CHAIN.steps] };
    expect(drawn(chain).map(({ id }) => id)).toEqual(['a', 'team', 'tech', 'log', 'lost']);
  });

  it('is drawn also when it goes round in a circle', () => {
    const chain = { first: 'a', steps: [step('a', [always('b')]), step('b', [always('a')])], triggers: [] };
    expect(drawn(chain).map(({ id }) => id)).toEqual(['a', 'b']);
  });

  it('ends with the supervisors wherever no other way is always open', () => {
    expect(waysOf(step('x', [about('log')])).map(({ to }) => to)).toEqual(['log', 'supervisors']);
    expect(waysOf(step('x', [about('log'), always('tech')])).map(({ to }) => to)).toEqual(['log', 'tech']);
  });

  it('has no two lines upon each other', () => {
    const arcs = arcsOf(drawn(CHAIN));
    expect(arcs).toHaveLength(6);
    for (const one of arcs) {
      const beside = arcs.filter((two) => two !== one && two.lane === one.lane);
      for (const two of beside) expect(two.to <= one.from || one.to <= two.from).toBe(true);
    }
  });

  it('leaves out ways to steps that are gone', () => {
    expect(arcsOf([step('a', [always('gone')])])).toEqual([]);
  });
});
