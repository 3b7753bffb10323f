/** Moments to which a conversation is put aside. */
import dayjs from 'dayjs';

export const PRESETS = ['in_15m', 'in_1h', 'in_3h', 'tomorrow', 'next_week'] as const;
export type Preset = (typeof PRESETS)[number];

const MORNING = 9;

export function momentOf(preset: Preset, now: Date): Date {
  const start = dayjs(now);
  const morning = start.startOf('day').hour(MORNING);
  switch (preset) {
    case 'in_15m':
      return start.add(15, 'minute').toDate();
    case 'in_1h':
      return start.add(1, 'hour').toDate();
    case 'in_3h':
      return start.add(3, 'hour').toDate();
    case 'tomorrow':
      return morning.add(1, 'day').toDate();
    case 'next_week':
      return morning.add((8 - start.day()) % 7 || 7, 'day').toDate();
  }
}
