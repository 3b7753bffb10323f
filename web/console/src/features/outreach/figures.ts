/** How the figures of proactive service are put. */
import type { ToldAccuracy, Trouble } from './api';

export const TROUBLES: Trouble[] = ['damaged', 'returning', 'stuck', 'no_scan', 'late'];

/** The share that was right of what can be known; null while nothing can. */
export function share({ right, wrong }: Pick<ToldAccuracy, 'right' | 'wrong'>): number | null {
  return right + wrong > 0 ? right / (right + wrong) : null;
}

export const percent = (part: number) => `${Math.round(part * 100)}%`;

/** All troubles together. */
export function whole(lines: ToldAccuracy[]): Pick<ToldAccuracy, 'found' | 'told' | 'right' | 'wrong'> {
  const sum = (name: 'found' | 'told' | 'right' | 'wrong') => lines.reduce((total, line) => total + line[name], 0);
  return { found: sum('found'), told: sum('told'), right: sum('right'), wrong: sum('wrong') };
}
