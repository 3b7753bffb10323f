/** Money and moods as the panel shows them. */
import type { Mood } from '@/shared/api';

/** 123456 → ¥1,234.56 */
export function yuan(cents: number): string {
  const [whole = '', part = ''] = (Math.abs(cents) / 100).toFixed(2).split('.');
  return `${cents < 0 ? '-' : ''}¥${whole.replace(/\B(?=(\d{3})+$)/g, ',')}.${part}`;
}

export interface Point {
  x: number;
  y: number;
  emotion: string;
}

/** Where each mood lies in a picture of this size: in the order of time, good at the top. One alone lies in the middle. */
export function placed(moods: Pick<Mood, 'sentiment' | 'emotion'>[], width: number, height: number): Point[] {
  return moods.map(({ sentiment, emotion }, index) => ({
    x: moods.length === 1 ? width / 2 : (index / (moods.length - 1)) * width,
    y: ((1 - Math.max(-1, Math.min(1, sentiment))) / 2) * height,
    emotion,
  }));
}

/** The latest moods, as many as a picture can show apart. */
export const latest = <T>(moods: T[], most = 40): T[] => moods.slice(-most);
