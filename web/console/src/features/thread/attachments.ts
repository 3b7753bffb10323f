/** Files that go along with the next reply: uploaded while one still writes, kept while one looks at another thread. */
import { useSyncExternalStore } from 'react';
import { api, Problem, type Uploaded } from '@/shared/api';

export interface Attachment {
  key: string;
  name: string;
  /** An address in this browser, to look at a picture before it is sent. */
  preview: string | null;
  uploaded: Uploaded | null;
  failure: string | null;
}

/** As many files with one reply. */
export const MOST = 9;
/** What the server takes; it looks at what a file holds, not at its name. */
export const ACCEPTED = 'image/jpeg,image/png,image/webp,image/gif,application/pdf';

const NONE: Attachment[] = [];
const kept = new Map<string, Attachment[]>();
const observers = new Set<() => void>();

function keep(conversationId: string, items: Attachment[]): void {
  if (items.length > 0) kept.set(conversationId, items);
  else kept.delete(conversationId);
  for (const observer of observers) observer();
}

function observe(observer: () => void): () => void {
  observers.add(observer);
  return () => observers.delete(observer);
}

const of = (conversationId: string) => kept.get(conversationId) ?? NONE;

function add(conversationId: string, files: File[]): void {
  const fresh = files.map((file) => ({ file, item: attachmentOf(file) }));
  keep(conversationId, [...of(conversationId), ...fresh.map(({ item }) => item)]);
  for (const { file, item } of fresh) {
    const settle = (outcome: Partial<Attachment>) =>
      keep(
        conversationId,
        of(conversationId).map((one) => (one.key === item.key ? { ...one, ...outcome } : one)),
      );
    api.upload(conversationId, file).then(
      (uploaded) => settle({ uploaded }),
      (problem: unknown) => settle({ failure: problem instanceof Problem ? problem.message : String(problem) }),
    );
  }
}

function remove(conversationId: string, gone: (item: Attachment) => boolean): void {
  for (const item of of(conversationId)) if (gone(item) && item.preview) URL.revokeObjectURL(item.preview);
  keep(
    conversationId,
    of(conversationId).filter((item) => !gone(item)),
  );
}

/** When somebody signs out, nothing of theirs stays. */
export function forgetAttachments(): void {
  for (const id of [...kept.keys()]) remove(id, () => true);
}

export function useAttachments(conversationId: string) {
  const items = useSyncExternalStore(observe, () => of(conversationId));
  return {
    items,
    ready: items.every((item) => item.uploaded),
    add: (files: File[]) => add(conversationId, files),
    remove: (key: string) => remove(conversationId, (item) => item.key === key),
    clear: () => remove(conversationId, () => true),
  };
}

function attachmentOf(file: File): Attachment {
  const preview = file.type.startsWith('image/') ? URL.createObjectURL(file) : null;
  return { key: crypto.randomUUID(), name: file.name, preview, uploaded: null, failure: null };
}

/** The files that a paste or a drop brings. */
export const filesIn = (transfer: DataTransfer | null): File[] => [...(transfer?.files ?? [])];
