/** What the dialog holds while it is edited. */
import type { Draft, WrapUp, WrapUpResult } from '@/shared/api';
import { fromField, isFuture, nextWorkday, toField } from './due';

export interface PromiseDraft {
  key: number;
  text: string;
  /** As the field has it. */
  due: string;
  seq: number | null;
}

export interface Values {
  category: string;
  cause: string;
  result: WrapUpResult;
  summary: string;
}

export const RESULTS: WrapUpResult[] = ['resolved', 'partly', 'unresolved', 'none', 'transferred'];

export const valuesOf = ({ category, cause, result, summary }: Draft | WrapUp): Values => ({
  category,
  cause,
  result,
  summary,
});

export const promisesOf = (draft: Draft, now: Date): PromiseDraft[] =>
  draft.promises.map(({ text, due_at, seq }, key) => ({
    key,
    text,
    due: toField(due_at && isFuture(due_at, now) ? due_at : nextWorkday(now)),
    seq,
  }));

export const newPromise = (promises: PromiseDraft[], now: Date): PromiseDraft => ({
  key: Math.max(-1, ...promises.map((one) => one.key)) + 1,
  text: '',
  due: toField(nextWorkday(now)),
  seq: null,
});

/** As the server takes them; null if one is not complete. */
export function promisesToSend(promises: PromiseDraft[], now: Date) {
  const ready = promises.map(({ text, due, seq }) => ({ text: text.trim(), due_at: fromField(due) ?? '', seq }));
  return ready.every((one) => one.text && one.due_at && isFuture(one.due_at, now)) ? ready : null;
}
