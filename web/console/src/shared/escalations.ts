/** The server's API of escalation under short names, and who was asked. */
import {
  apiV1ConversationsConversationIdEscalationsList,
  apiV1ConversationsConversationIdEscalationsRequest,
  apiV1EscalationsChainChain,
  apiV1EscalationsChainPublish,
  apiV1EscalationsEscalationIdConfirmConfirm,
  apiV1EscalationsList,
  apiV1TicketsTicketIdEscalationsList,
  apiV1WarningsQualityQuality,
} from '@/client';
import type { Escalation, ItemKind, PublishChain } from '@/client/types.gen';
import { ask, type Me } from './api';

export type {
  Chain,
  ChainStep,
  Edge,
  Escalation,
  ItemKind,
  PublishChain,
  PublishedChain,
  Quality,
  StepKind,
  Trigger,
  TriggerKind,
} from '@/client/types.gen';

export const ESCALATIONS = 'escalations';
export const CHAIN = ['escalation-chain'];

const at = (conversation_id: string) => ({ path: { conversation_id } });

export const escalations = {
  open: () => ask(apiV1EscalationsList()),
  of: (id: string) => ask(apiV1ConversationsConversationIdEscalationsList(at(id))),
  ofTicket: (ticket_id: string) => ask(apiV1TicketsTicketIdEscalationsList({ path: { ticket_id } })),
  request: (id: string, reason: string) =>
    ask(apiV1ConversationsConversationIdEscalationsRequest({ ...at(id), body: { reason } })),
  confirm: (escalation_id: string) => ask(apiV1EscalationsEscalationIdConfirmConfirm({ path: { escalation_id } })),
  chain: () => ask(apiV1EscalationsChainChain()),
  publish: (body: PublishChain) => ask(apiV1EscalationsChainPublish({ body })),
  quality: (kind: ItemKind, days: number) => ask(apiV1WarningsQualityQuality({ query: { kind, days } })),
};

/** The step at the end of every chain, which no chain names. */
export const END = 'supervisors';

/** Whether this reader is one of those who may confirm it; the server decides in the end. */
export function isAsked(step: Escalation, { staff, permissions }: Pick<Me, 'staff' | 'permissions'>): boolean {
  if (step.about_ticket_id) {
    const near = !step.department_id || staff.departments.some(({ id }) => id === step.department_id);
    return near && permissions.includes('tickets.manage');
  }
  const leads = permissions.includes('conversations.assign');
  if (step.department_id) return leads || staff.departments.some(({ id }) => id === step.department_id);
  if (step.owner_id) return step.owner_id === staff.id;
  if (step.step === END) return leads;
  return !step.team_id || staff.teams.some(({ id }) => id === step.team_id);
}

/** 专员 · 语桐; of a whole team, which has no name of its own here, only the step. `name`: of the step. */
export const askedName = ({ title, owner_name }: Pick<Escalation, 'title' | 'owner_name'>, name = title) =>
  title === owner_name ? name : `${name} · ${owner_name}`;
