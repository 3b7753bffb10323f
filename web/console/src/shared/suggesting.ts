/** The server's API of suggestions under short names. */
import {
  apiV1ConversationsConversationIdSuggestionsList,
  apiV1ConversationsConversationIdSuggestionsOutcomesKeep,
} from '@/client';
import type { SuggestionOutcome } from '@/client/types.gen';
import { ask } from './api';

export const suggesting = {
  list: (conversation_id: string, seq: number) =>
    ask(apiV1ConversationsConversationIdSuggestionsList({ path: { conversation_id }, query: { seq } })),
  keep: (conversation_id: string, body: SuggestionOutcome) =>
    ask(apiV1ConversationsConversationIdSuggestionsOutcomesKeep({ path: { conversation_id }, body })),
};
