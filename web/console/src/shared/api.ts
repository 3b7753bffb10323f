/** The server's API under short names; every failure is a `Problem` with words for people. */
import {
  apiV1AuthLoginLogin,
  apiV1AuthLogoutLogout,
  apiV1AuthMeMe,
  apiV1ConversationsAbilitiesAbilities,
  apiV1ConversationsConversationIdFollowFollow,
  apiV1ConversationsConversationIdFollowUnfollow,
  apiV1ConversationsConversationIdGetOne,
  apiV1ConversationsConversationIdLabelsLabelIdAddLabel,
  apiV1ConversationsConversationIdLabelsLabelIdRemoveLabel,
  apiV1ConversationsConversationIdMergeMerge,
  apiV1ConversationsConversationIdMessagesMessages,
  apiV1ConversationsConversationIdMessagesSeqEdit,
  apiV1ConversationsConversationIdMessagesSeqHistoryHistory,
  apiV1ConversationsConversationIdMessagesSeqRecallRecall,
  apiV1ConversationsConversationIdMessagesSeqTranslateTranslate,
  apiV1ConversationsConversationIdMessagesWrite,
  apiV1ConversationsConversationIdProfileProfile,
  apiV1ConversationsConversationIdReadRead,
  apiV1ConversationsConversationIdReopenReopen,
  apiV1ConversationsConversationIdResolveResolve,
  apiV1ConversationsConversationIdSnoozeSnooze,
  apiV1ConversationsConversationIdSpamClearSpam,
  apiV1ConversationsConversationIdSpamMarkSpam,
  apiV1ConversationsConversationIdTakeTake,
  apiV1ConversationsCountsCounts,
  apiV1ConversationsList,
  apiV1ConversationsSearchSearch,
  apiV1DepartmentsListDepartments,
  apiV1LabelsCreateLabel,
  apiV1LabelsLabelIdChangeLabel,
  apiV1LabelsListLabels,
  apiV1RoutingBoardBoard,
  apiV1RoutingConversationsConversationIdAssignAssign,
  apiV1RoutingPresencePresence,
  apiV1RoutingPresenceSetPresence,
  apiV1StaffListStaff,
} from '@/client';
import { client } from '@/client/client.gen';
import type {
  ApiV1ConversationsListData,
  LabelChange,
  NewLabel,
  SetPresence,
  StaffMessage,
  Transfer,
} from '@/client/types.gen';

export type {
  Conversation,
  ConversationItem,
  DepartmentView as Department,
  FileContent,
  FormerContent,
  HandOff,
  ImageContent,
  Label,
  LabelColor,
  Me,
  Message,
  OrderCard,
  PageYingdaConversationsItemsConversationItem as ConversationPage,
  PageYingdaConversationsSchemasHit as HitPage,
  Presence,
  PresenceStatus,
  ProductCard,
  Profile,
  QuickReplies,
  Sort,
  State,
  SystemNotice,
  Transfer,
  View,
} from '@/client/types.gen';

export type ListQuery = NonNullable<ApiV1ConversationsListData['query']>;

/** What the server refused, or that it could not be reached (`status` 0). `message` is in the reader's language. */
export class Problem extends Error {
  readonly status: number;
  readonly code: string;
  /** With `conversation_merged`: where the conversation went. */
  readonly mergedInto: string | undefined;

  constructor(message: string, status: number, code: string, mergedInto?: string) {
    super(message);
    this.status = status;
    this.code = code;
    this.mergedInto = mergedInto;
  }
}

interface Answer<T> {
  data?: T;
  error?: unknown;
  response?: Response;
}

const caller = {
  csrfToken: '',
  locale: 'zh',
  unreachable: 'offline',
  onSignedOut: () => {},
};

/** What every request carries, and what happens when the session is over. */
export function configureApi(changes: Partial<typeof caller>): void {
  Object.assign(caller, changes);
}

client.setConfig({ baseUrl: '', credentials: 'same-origin' });
client.interceptors.request.use((request) => {
  request.headers.set('Accept-Language', caller.locale);
  if (request.method !== 'GET' && caller.csrfToken) request.headers.set('X-CSRF-Token', caller.csrfToken);
  return request;
});

async function ask<T>(request: Promise<Answer<T>>): Promise<T> {
  const { data, error, response } = await request;
  if (response?.ok) return data as T;
  const told = (error ?? {}) as { detail?: string; code?: string; merged_into?: string };
  if (response?.status === 401 && told.code !== 'credentials_invalid') caller.onSignedOut();
  throw new Problem(
    told.detail ?? caller.unreachable,
    response?.status ?? 0,
    told.code ?? 'unreachable',
    told.merged_into,
  );
}

const at = (conversation_id: string) => ({ path: { conversation_id } });

const message = (conversation_id: string, seq: number) => ({ path: { conversation_id, seq } });

export const api = {
  login: (login: string, password: string) => ask(apiV1AuthLoginLogin({ body: { login, password } })),
  logout: () => ask(apiV1AuthLogoutLogout()),
  me: () => ask(apiV1AuthMeMe()),

  conversations: (query: ListQuery) => ask(apiV1ConversationsList({ query })),
  counts: () => ask(apiV1ConversationsCountsCounts()),
  search: (q: string, cursor?: string) => ask(apiV1ConversationsSearchSearch({ query: { q, cursor, limit: 30 } })),
  conversation: (id: string) => ask(apiV1ConversationsConversationIdGetOne(at(id))),
  profile: (id: string) => ask(apiV1ConversationsConversationIdProfileProfile(at(id))),
  messages: (id: string, query: { after_seq?: number; before_seq?: number; limit?: number }) =>
    ask(apiV1ConversationsConversationIdMessagesMessages({ ...at(id), query })),
  write: (id: string, body: StaffMessage) => ask(apiV1ConversationsConversationIdMessagesWrite({ ...at(id), body })),
  read: (id: string, seq: number) => ask(apiV1ConversationsConversationIdReadRead({ ...at(id), body: { seq } })),

  take: (id: string) => ask(apiV1ConversationsConversationIdTakeTake(at(id))),
  resolve: (id: string) => ask(apiV1ConversationsConversationIdResolveResolve(at(id))),
  reopen: (id: string) => ask(apiV1ConversationsConversationIdReopenReopen(at(id))),
  snooze: (id: string, until: Date) =>
    ask(apiV1ConversationsConversationIdSnoozeSnooze({ ...at(id), body: { until: until.toISOString() } })),
  transfer: (id: string, body: Transfer) =>
    ask(apiV1RoutingConversationsConversationIdAssignAssign({ ...at(id), body })),
  merge: (id: string, other_id: string) =>
    ask(apiV1ConversationsConversationIdMergeMerge({ ...at(id), body: { other_id } })),
  markSpam: (id: string) => ask(apiV1ConversationsConversationIdSpamMarkSpam(at(id))),
  clearSpam: (id: string) => ask(apiV1ConversationsConversationIdSpamClearSpam(at(id))),
  follow: (id: string) => ask(apiV1ConversationsConversationIdFollowFollow(at(id))),
  unfollow: (id: string) => ask(apiV1ConversationsConversationIdFollowUnfollow(at(id))),
  addLabel: (id: string, label_id: string) =>
    ask(apiV1ConversationsConversationIdLabelsLabelIdAddLabel({ path: { conversation_id: id, label_id } })),
  removeLabel: (id: string, label_id: string) =>
    ask(apiV1ConversationsConversationIdLabelsLabelIdRemoveLabel({ path: { conversation_id: id, label_id } })),

  abilities: () => ask(apiV1ConversationsAbilitiesAbilities()),
  edit: (id: string, seq: number, text: string) =>
    ask(apiV1ConversationsConversationIdMessagesSeqEdit({ ...message(id, seq), body: { text } })),
  recall: (id: string, seq: number) => ask(apiV1ConversationsConversationIdMessagesSeqRecallRecall(message(id, seq))),
  formerly: (id: string, seq: number) =>
    ask(apiV1ConversationsConversationIdMessagesSeqHistoryHistory(message(id, seq))),
  translate: (id: string, seq: number, to: 'zh' | 'en') =>
    ask(apiV1ConversationsConversationIdMessagesSeqTranslateTranslate({ ...message(id, seq), body: { to } })),

  labels: () => ask(apiV1LabelsListLabels()),
  createLabel: (body: NewLabel) => ask(apiV1LabelsCreateLabel({ body })),
  changeLabel: (label_id: string, body: LabelChange) =>
    ask(apiV1LabelsLabelIdChangeLabel({ path: { label_id }, body })),

  presence: () => ask(apiV1RoutingPresencePresence()),
  setPresence: (body: SetPresence) => ask(apiV1RoutingPresenceSetPresence({ body })),
  colleagues: () => ask(apiV1StaffListStaff({ query: { active: true, limit: 200 } })),
  departments: () => ask(apiV1DepartmentsListDepartments()),
  board: () => ask(apiV1RoutingBoardBoard()),
};

/** Where a file of a thread can be opened, for whoever is signed in. */
export const fileAddress = (conversationId: string, fileId: string) =>
  `/api/v1/conversations/${conversationId}/files/${fileId}`;
