/** The chain of escalation while it is edited, and how it is drawn: pure. */
import { type Chain, type ChainStep, type Edge, END, type StepKind, type Trigger } from '@/shared/escalations';
import { freeCode } from './kinds';

export const KINDS = ['person', 'team', 'department'] as const satisfies StepKind[];
export const TRIGGERS = [
  'deadline_near',
  'deadline_breached',
  'level',
  'emotion',
  'repeat',
  'requested',
] as const satisfies Trigger['on'][];

export const newStep = (steps: ChainStep[]): ChainStep => ({
  id: freeCode(
    'step',
    steps.map(({ id }) => id),
  ),
  title: '',
  kind: 'team',
  receipt_minutes: 10,
  next: [],
});

/** As another kind: what the former one asked for is no longer meant. */
export const asKind = (kind: StepKind): Partial<ChainStep> => ({ kind, team_id: null, department: null });

/** Without a step, also where others led to it. */
export function withoutStep(chain: Chain, id: string): Chain {
  const steps = chain.steps
    .filter((step) => step.id !== id)
    .map((step) => ({ ...step, next: step.next?.filter((edge) => edge.to !== id) }));
  return { ...chain, steps, first: chain.first === id ? (steps[0]?.id ?? '') : chain.first };
}

/** Whether it can be sent; whether it holds together the server says. */
export function isWhole({ first, steps }: Chain): boolean {
  return (
    first !== '' &&
    steps.length > 0 &&
    steps.every(({ title, next = [] }) => title.trim() !== '' && next.every(({ to }) => to !== ''))
  );
}

/** The step that the server complains of, which names it or what is wrong with it in quotation marks. */
export function faultyStep(message: string, steps: ChainStep[]): string | null {
  const [, named] = /“([^”]+)”/.exec(message) ?? [];
  if (!named) return null;
  const found = steps.find(
    ({ title, department, next = [] }) =>
      title === named || department === named || next.some(({ to }) => to === named),
  );
  return found?.id ?? null;
}

export const isAlways = ({ intents = [], min_level = 1 }: Edge) => intents.length === 0 && min_level === 1;

/** Where a step leads in the end: to the supervisors, unless a way without conditions leads elsewhere. */
export function waysOf({ next = [] }: ChainStep): (Edge | { to: typeof END; rest: true })[] {
  return next.some(isAlways) ? next : [...next, { to: END, rest: true }];
}

/** The steps as they are drawn: nothing above what leads to it, unless it goes round in a circle. */
export function drawn({ first, steps }: Chain): ChainStep[] {
  const known = new Map(steps.map((step) => [step.id, step]));
  const found: ChainStep[] = [];
  const visited = new Set<string>();
  const visit = (id: string) => {
    const step = known.get(id);
    if (!step || visited.has(id)) return;
    visited.add(id);
    for (const { to } of (step.next ?? []).toReversed()) visit(to);
    found.unshift(step);
  };
  visit(first);
  return [...found, ...steps.filter(({ id }) => !visited.has(id))];
}

export interface Arc {
  /** Rows of what is drawn, from above. */
  from: number;
  /** Which of the ways on of that row. */
  way: number;
  to: number;
  /** How far from the boxes, so that none lies upon another. */
  lane: number;
}

/** Every way on, as a line beside the boxes; the supervisors come last. */
export function arcsOf(steps: ChainStep[]): Arc[] {
  const rows = new Map([...steps.map(({ id }, row) => [id, row] as const), [END, steps.length]]);
  const arcs = steps.flatMap((step, from) =>
    waysOf(step).flatMap(({ to }, way) => {
      const row = rows.get(to);
      return row === undefined ? [] : [{ from, way, to: row, lane: 0 }];
    }),
  );
  const length = (arc: Arc) => Math.abs(arc.to - arc.from);
  const placed: Arc[] = [];
  for (const arc of arcs.toSorted((a, b) => length(a) - length(b) || a.from - b.from || b.way - a.way)) {
    const [top, end] = [Math.min(arc.from, arc.to), Math.max(arc.from, arc.to)];
    const taken = placed.filter((one) => Math.min(one.from, one.to) < end && top < Math.max(one.from, one.to));
    let lane = 0;
    while (taken.some((one) => one.lane === lane)) lane++;
    placed.push({ ...arc, lane });
  }
  return placed;
}
