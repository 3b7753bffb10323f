/** Saving on the skills page: says what came of it and shows what is kept now. */
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { App } from 'antd';
import { useTranslation } from 'react-i18next';

export function useSaving(key: string) {
  const { t } = useTranslation();
  const { message } = App.useApp();
  const queries = useQueryClient();
  return useMutation({
    mutationFn: (save: () => Promise<unknown>) => save(),
    onSuccess: () => void message.success(t('skills.saved')),
    onError: (problem) => void message.error(problem.message),
    onSettled: () => queries.invalidateQueries({ queryKey: [key] }),
  });
}
