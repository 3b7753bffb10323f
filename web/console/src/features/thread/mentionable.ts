import { useQuery } from '@tanstack/react-query';
import { api, type Mention } from '@/shared/api';

const NOBODY: Mention[] = [];

/** Colleagues who may see the conversation, once a text has an @. */
export function useMentionable(conversationId: string, text: string) {
  const asked = text.includes('@');
  const colleagues = useQuery({
    queryKey: ['mentionable', conversationId],
    queryFn: () => api.mentionable(conversationId),
    enabled: asked,
  });
  return { colleagues: colleagues.data ?? NOBODY, pending: asked && colleagues.isPending };
}
