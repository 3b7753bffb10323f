/** The server's record of what the assistant did. */
import { apiV1ConversationsConversationIdTraceTrace } from '@/client';
import { ask } from './api';

export const traceOf = (conversation_id: string) =>
  ask(apiV1ConversationsConversationIdTraceTrace({ path: { conversation_id } }));
