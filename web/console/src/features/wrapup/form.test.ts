import { describe, expect, it } from 'vitest';
import type { Draft } from '@/shared/api';
import { fromField, nextWorkday, toField } from './due';
import { newPromise, promisesOf, promisesToSend } from './form';

const FRIDAY = new Date('2026-11-20T10:00:00');

const draft = (promises: Draft['promises']): Draft => ({
  seq: 3,
  predicted: null,
  category: 'other',
  cause: 'other',
  result: 'none',
  summary: '',
  points: [],
  promises,
  open_promises: [],
});

describe('moments', () => {
  it('go into a field and come back', () => {
    const iso = new Date('2026-11-21T12:30:00').toISOString();
    expect(toField(iso)).toBe('2026-11-21T12:30');
    expect(fromField(toField(iso))).toBe(iso);
  });
  it('are none in an empty field', () => {
    expect(fromField('')).toBeNull();
    expect(fromField('soon')).toBeNull();
  });
  it('are the end of the next working day where nobody said one', () => {
    expect(toField(nextWorkday(FRIDAY))).toBe('2026-11-23T18:00');
    expect(toField(nextWorkday(new Date('2026-11-23T23:00:00')))).toBe('2026-11-24T18:00');
  });
});

describe('promises', () => {
  it('keep the date that was said, unless it is past by now', () => {
    const said = draft([
      { text: '明天回电', due_at: new Date('2026-11-21T12:00:00').toISOString(), seq: 2 },
      { text: '稍后回复', due_at: null, seq: 4 },
      { text: '九点前回复', due_at: new Date('2026-11-20T09:00:00').toISOString(), seq: 5 },
    ]);
    expect(promisesOf(said, FRIDAY).map((one) => one.due)).toEqual([
      '2026-11-21T12:00',
      '2026-11-23T18:00',
      '2026-11-23T18:00',
    ]);
  });
  it('are sent when they say what and when', () => {
    const one = { ...newPromise([], FRIDAY), text: ' 回电 ' };
    expect(promisesToSend([one], FRIDAY)).toEqual([
      { text: '回电', due_at: new Date('2026-11-23T18:00:00').toISOString(), seq: null },
    ]);
    expect(promisesToSend([], FRIDAY)).toEqual([]);
    expect(promisesToSend([one, { ...one, text: ' ' }], FRIDAY)).toBeNull();
    expect(promisesToSend([{ ...one, due: '' }], FRIDAY)).toBeNull();
    expect(promisesToSend([{ ...one, due: '2026-11-20T09:59' }], FRIDAY)).toBeNull();
  });
  it('are told apart', () => {
    const first = newPromise([], FRIDAY);
    expect(newPromise([first], FRIDAY).key).not.toBe(first.key);
  });
});
