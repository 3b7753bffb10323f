/** Files that go along with the next reply: uploaded while one still writes. */
import { useCallback, useEffect, useRef, useState } from 'react';
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

export function useAttachments(conversationId: string) {
  const [items, setItems] = useState<Attachment[]>([]);
  const previews = useRef(new Set<string>());
  useEffect(
    () => () => {
      for (const address of previews.current) URL.revokeObjectURL(address);
    },
    [],
  );

  const add = useCallback(
    (files: File[]) => {
      const fresh = files.map((file) => ({ file, item: attachmentOf(file) }));
      for (const { item } of fresh) if (item.preview) previews.current.add(item.preview);
      setItems((before) => [...before, ...fresh.map(({ item }) => item)].slice(0, MOST));
      for (const { file, item } of fresh) {
        const settle = (outcome: Partial<Attachment>) =>
          setItems((before) => before.map((one) => (one.key === item.key ? { ...one, ...outcome } : one)));
        api.upload(conversationId, file).then(
          (uploaded) => settle({ uploaded }),
          (problem: unknown) => settle({ failure: problem instanceof Problem ? problem.message : String(problem) }),
        );
      }
    },
    [conversationId],
  );
  const remove = (key: string) => setItems((before) => before.filter((one) => one.key !== key));
  const clear = () => setItems([]);
  const ready = items.every((item) => item.uploaded);
  return { items, add, remove, clear, ready };
}

function attachmentOf(file: File): Attachment {
  const preview = file.type.startsWith('image/') ? URL.createObjectURL(file) : null;
  return { key: crypto.randomUUID(), name: file.name, preview, uploaded: null, failure: null };
}

/** The files that a paste or a drop brings. */
export const filesIn = (transfer: DataTransfer | null): File[] => [...(transfer?.files ?? [])];
