import { useQueryClient } from '@tanstack/react-query';
import { App } from 'antd';
import { useTranslation } from 'react-i18next';

/** Declines something that a release brings, and shows what the server says is left of it. */
export function useDecline(queryKey: string[]) {
  const { t } = useTranslation();
  const { message } = App.useApp();
  const queries = useQueryClient();
  return async (send: () => Promise<unknown>) => {
    try {
      queries.setQueryData(queryKey, await send());
      void message.success(t('news.declinedNow'));
    } catch (problem) {
      void message.error(problem instanceof Error ? problem.message : String(problem));
    }
  };
}
