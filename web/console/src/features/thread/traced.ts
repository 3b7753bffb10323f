import type { TracedStep } from '@/client/types.gen';

/** Why a step was taken, without the step's own name before it; empty where the name says it all. */
export function reasonOf({ title, reason }: Pick<TracedStep, 'title' | 'reason'>): string {
  if (!title || !reason.startsWith(title.zh)) return reason;
  return reason.slice(title.zh.length).replace(/^：/, '');
}
