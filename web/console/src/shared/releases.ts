/** The server's API of what a release brings, and under what its answers are kept. */
import {
  apiV1TicketKindsNewsDeclineDeclineNews,
  apiV1TicketKindsNewsNews,
  apiV1TriageNewsDeclineDeclineNews,
  apiV1TriageNewsNews,
  apiV1TriageNewsTakeTakeNews,
} from '@/client';
import { ask } from './api';

export type { KindContent, KindNews, RuleNews } from '@/client/types.gen';

export const RULE_NEWS = ['triage', 'news'];
/** Beginning as the kinds themselves do: with them it is loaded anew. */
export const KIND_NEWS = ['ticket-kinds', 'news'];

export const releases = {
  rules: () => ask(apiV1TriageNewsNews()),
  takeRules: (revision: number, rules: string[]) => ask(apiV1TriageNewsTakeTakeNews({ body: { revision, rules } })),
  declineRules: (rules: string[], why: string) => ask(apiV1TriageNewsDeclineDeclineNews({ body: { rules, why } })),
  kinds: () => ask(apiV1TicketKindsNewsNews()),
  declineKinds: (codes: string[], why: string) => ask(apiV1TicketKindsNewsDeclineDeclineNews({ body: { codes, why } })),
};
