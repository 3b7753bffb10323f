import { useQueryClient } from '@tanstack/react-query';
import { App } from 'antd';
import { useState } from 'react';

export const WEBHOOKS = 'webhooks';

/** Does one thing at a time, says when it failed, and has the page look again when it did not. */
export function useDo() {
  const queries = useQueryClient();
  const { message } = App.useApp();
  const [busy, setBusy] = useState(false);
  const run = async <T>(work: () => Promise<T>, said?: string): Promise<T | undefined> => {
    setBusy(true);
    try {
      const made = await work();
      if (said) void message.success(said);
      await queries.invalidateQueries({ queryKey: [WEBHOOKS] });
      return made;
    } catch (problem) {
      void message.error(problem instanceof Error ? problem.message : String(problem));
      return undefined;
    } finally {
      setBusy(false);
    }
  };
  return { busy, run };
}
