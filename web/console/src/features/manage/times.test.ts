import { describe, expect, it } from 'vitest';
import {
  BLANK_CALENDAR,
  fromField,
  inOrder,
  isAllDay,
  isWhole,
  nextPeriod,
  offset,
  periodText,
  shifted,
  span,
  toField,
} from './times';

describe('times of day', () => {
  it.each([
    [540, '09:00', false],
    [0, '00:00', false],
    [1440, '00:00', true],
    [1439, '23:59', true],
  ])('%s is %s', (minute, text, closes) => {
    expect(toField(minute)).toBe(text);
    expect(fromField(text, closes)).toBe(minute);
  });

  it('an empty field is no time', () => expect(fromField('', false)).toBeNull());

  it('says when a period ends with its day', () =>
    expect(periodText({ opens: 780, closes: 1440 })).toBe('13:00–24:00'));

  it.each([
    [[], true],
    [[{ opens: 540, closes: 720 }], true],
    [[{ opens: 720, closes: 540 }], false],
    [
      [
        { opens: 540, closes: 720 },
        { opens: 700, closes: 800 },
      ],
      false,
    ],
  ])('%j in order: %s', (periods, sound) => expect(inOrder(periods)).toBe(sound));

  it('offers a period after the last, while there is room', () => {
    expect(nextPeriod([])).toEqual({ opens: 540, closes: 1080 });
    expect(nextPeriod([{ opens: 540, closes: 720 }])).toEqual({ opens: 780, closes: 960 });
    expect(nextPeriod([{ opens: 0, closes: 1440 }])).toBeNull();
    expect(isAllDay([{ opens: 0, closes: 1440 }])).toBe(true);
  });
});

describe('calendars', () => {
  it.each([
    [{ name: '售后' }, true],
    [{ name: ' ' }, false],
    [{ name: '售后', weekly: Array.from({ length: 7 }, () => []) }, false],
    [{ name: '售后', exceptions: [{ date: '', name: '', periods: [] }] }, false],
    [{ name: '售后', exceptions: [1, 2].map(() => ({ date: '2026-11-11', name: '', periods: [] })) }, false],
  ])('%j can be saved: %s', (changes, whole) => expect(isWhole({ ...BLANK_CALENDAR, ...changes })).toBe(whole));

  it('begins its weeks on Monday', () => {
    expect(offset([{ date: '2026-11-01', kind: 'ordinary', periods: [] }])).toBe(6);
    expect(offset([{ date: '2026-06-01', kind: 'ordinary', periods: [] }])).toBe(0);
  });

  it('turns the pages over the end of a year', () => {
    expect(shifted({ year: 2026, month: 12 }, 1)).toEqual({ year: 2027, month: 1 });
    expect(shifted({ year: 2026, month: 1 }, -1)).toEqual({ year: 2025, month: 12 });
  });

  it.each([
    [10, { unit: 'minutes', count: 10 }],
    [480, { unit: 'hours', count: 8 }],
    [1440, { unit: 'days', count: 1 }],
  ])('%s minutes', (minutes, said) => expect(span(minutes)).toEqual(said));
});
