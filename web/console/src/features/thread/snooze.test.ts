import { expect, it } from 'vitest';
import { momentOf, type Preset } from './snooze';

it.each<[Preset, string, string]>([
  ['in_15m', '2026-11-22T10:00:00', '2026-11-22T10:15:00'],
  ['in_3h', '2026-11-22T23:00:00', '2026-11-23T02:00:00'],
  ['tomorrow', '2026-11-30T23:30:00', '2026-12-01T09:00:00'],
  ['next_week', '2026-11-22T10:00:00', '2026-11-23T09:00:00'], // a Sunday
  ['next_week', '2026-11-23T08:00:00', '2026-11-30T09:00:00'], // a Monday
  ['next_week', '2026-11-28T10:00:00', '2026-11-30T09:00:00'], // a Saturday
])('%s from %s is %s', (preset, now, expected) => {
  expect(momentOf(preset, new Date(now))).toEqual(new Date(expected));
});
