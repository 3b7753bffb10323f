/** The server's API under short names; every failure is a `Problem` with words for people. */
import {
  apiV1AuthLoginLogin,
  apiV1AuthLogoutLogout,
  apiV1AuthMeMe,
  apiV1CannedRepliesCreate,
  apiV1CannedRepliesList,
  apiV1CannedRepliesReplyIdChange,
  apiV1CannedRepliesReplyIdDrop,
  apiV1CannedRepliesReplyIdRenderRender,
  apiV1CannedRepliesVariablesVariables,
  apiV1ConversationsAbilitiesAbilities,
  apiV1ConversationsConversationIdDeadlinesDeadlines,
  apiV1ConversationsConversationIdFilesFileIdLabelReadLabel,
  apiV1ConversationsConversationIdFollowFollow,
  apiV1ConversationsConversationIdFollowUnfollow,
  apiV1ConversationsConversationIdGetOne,
  apiV1ConversationsConversationIdLabelsLabelIdAddLabel,
  apiV1ConversationsConversationIdLabelsLabelIdRemoveLabel,
  apiV1ConversationsConversationIdLevelChangeLevel,
  apiV1ConversationsConversationIdMentionableMentionable,
  apiV1ConversationsConversationIdMergeMerge,
  apiV1ConversationsConversationIdMessagesMessages,
  apiV1ConversationsConversationIdMessagesSeqEdit,
  apiV1ConversationsConversationIdMessagesSeqHistoryHistory,
  apiV1ConversationsConversationIdMessagesSeqRecallRecall,
  apiV1ConversationsConversationIdMessagesSeqTranslateTranslate,
  apiV1ConversationsConversationIdMessagesWrite,
  apiV1ConversationsConversationIdMoodMood,
  apiV1ConversationsConversationIdOrdersOrderNoLookUp,
  apiV1ConversationsConversationIdOrdersOrderNoRemarksRemark,
  apiV1ConversationsConversationIdOrdersOrderNoRevealReveal,
  apiV1ConversationsConversationIdProfileProfile,
  apiV1ConversationsConversationIdPromisesMake,
  apiV1ConversationsConversationIdReadRead,
  apiV1ConversationsConversationIdReopenReopen,
  apiV1ConversationsConversationIdSnoozeSnooze,
  apiV1ConversationsConversationIdSpamClearSpam,
  apiV1ConversationsConversationIdSpamMarkSpam,
  apiV1ConversationsConversationIdTakeTake,
  apiV1ConversationsConversationIdUploadsUploadForReply,
  apiV1ConversationsConversationIdWrapUpConfirm,
  apiV1ConversationsConversationIdWrapUpCorrect,
  apiV1ConversationsConversationIdWrapUpDraftDraft,
  apiV1ConversationsConversationIdWrapUpVersions,
  apiV1ConversationsCountsCounts,
  apiV1ConversationsList,
  apiV1ConversationsSearchSearch,
  apiV1CustomersCustomerIdEraseErase,
  apiV1CustomersCustomerIdExportExport,
  apiV1CustomersCustomerIdNotesAddNote,
  apiV1CustomersCustomerIdNotesListNotes,
  apiV1CustomersCustomerIdNotesNoteIdDeleteNote,
  apiV1CustomersCustomerIdRevealReveal,
  apiV1CustomersCustomerIdSkinWriteSkin,
  apiV1DepartmentsListDepartments,
  apiV1KnowledgeLabelsReadingIdTriedLabel,
  apiV1KnowledgeLabelsTryLabel,
  apiV1LabelsCreateLabel,
  apiV1LabelsLabelIdChangeLabel,
  apiV1LabelsListLabels,
  apiV1MacrosCreate,
  apiV1MacrosList,
  apiV1MacrosMacroIdChange,
  apiV1MacrosMacroIdDrop,
  apiV1MacrosMacroIdRunRun,
  apiV1NoticesList,
  apiV1NoticesNoticeIdReadRead,
  apiV1NoticesReadReadUpTo,
  apiV1PromisesList,
  apiV1PromisesPromiseIdCloseClose,
  apiV1ReviewCorrectionsCorrect,
  apiV1ReviewModelsModels,
  apiV1ReviewModelsRollbackRollBack,
  apiV1ReviewQueueQueue,
  apiV1ReviewTrainingsTrain,
  apiV1ReviewTrainingsTrainingIdCancelCancel,
  apiV1ReviewTrainingsTrainingIdPublishPublish,
  apiV1ReviewTrainingsTrainings,
  apiV1RoutingBoardBoard,
  apiV1RoutingConversationsConversationIdAssignAssign,
  apiV1RoutingPresencePresence,
  apiV1RoutingPresenceSetPresence,
  apiV1RoutingRulesRules,
  apiV1RoutingRulesSetRules,
  apiV1RoutingSkillsCodeDeleteSkill,
  apiV1RoutingSkillsCodePutSkill,
  apiV1RoutingSkillsTable,
  apiV1RoutingStaffStaffIdAbilitiesSetAbilities,
  apiV1SavedViewsCreate,
  apiV1SavedViewsList,
  apiV1SavedViewsViewIdChange,
  apiV1SavedViewsViewIdDrop,
  apiV1ServiceLevelsCalendarsCalendarIdChangeCalendar,
  apiV1ServiceLevelsCalendarsCalendarIdDropCalendar,
  apiV1ServiceLevelsCalendarsCalendars,
  apiV1ServiceLevelsCalendarsCreateCalendar,
  apiV1ServiceLevelsCalendarsMonthMonth,
  apiV1ServiceLevelsLimitsLimits,
  apiV1ServiceLevelsLimitsSubjectChangeLimits,
  apiV1ShopsShops,
  apiV1StaffListStaff,
  apiV1TriageDraftDraft,
  apiV1TriageDraftDropDraft,
  apiV1TriageDraftPublishPublish,
  apiV1TriageDraftSaveDraft,
  apiV1TriageDryRunsLatestLatestRun,
  apiV1TriageDryRunsRunIdCancelCancelRun,
  apiV1TriageDryRunsStartRun,
  apiV1TriageTryTry,
  apiV1TriageVersionsNumberRestoreRestore,
  apiV1TriageVersionsNumberVersion,
  apiV1TriageVersionsVersions,
  apiV1WebhooksAdd,
  apiV1WebhooksDeliveriesDeliveryIdRedeliverRedeliver,
  apiV1WebhooksEventTypesEventTypes,
  apiV1WebhooksListAll,
  apiV1WebhooksWebhookIdChange,
  apiV1WebhooksWebhookIdDeliveriesDeliveries,
  apiV1WebhooksWebhookIdPingPing,
  apiV1WebhooksWebhookIdRemove,
  apiV1WebhooksWebhookIdRotateRotate,
  apiV1WrapUpChoicesChoices,
} from '@/client';
import { client } from '@/client/client.gen';
import type {
  ApiV1ConversationsListData,
  ApiV1PromisesListData,
  CalendarBody,
  Confirmation,
  CorrectIntent,
  DeliveryState,
  DispatchRules,
  LabelChange,
  MacroDraft,
  NewLabel,
  NewPromise,
  NewWrapUp,
  PolicyChange,
  Publish,
  Reason,
  ReplyDraft,
  RevealCustomer,
  RevealReceiver,
  RuleTable,
  SetPresence,
  SkillDraft,
  Skin,
  StaffAbilities,
  StaffMessage,
  Transfer,
  Try,
  ViewDraft,
  WriteWebhook,
} from '@/client/types.gen';

export type {
  AbleMember,
  AgentOnBoard,
  Answerer,
  Assessment,
  Board,
  CalendarBody,
  Calendars,
  CannedReply,
  CheckedDraft,
  Choices,
  Conditions,
  Confirmation,
  Conversation,
  ConversationItem,
  Day,
  DayException,
  Deadlines,
  Decision,
  Delivery,
  DeliveryState,
  DepartmentView as Department,
  DispatchRules,
  Draft,
  DueClock,
  Effects,
  EventType,
  FileContent,
  Finding,
  FormerContent,
  Grounds,
  HandOff,
  HandOffReason,
  ImageContent,
  IngredientCard,
  Label,
  LabelColor,
  Learned,
  Limits,
  Line,
  Macro,
  MacroDraft,
  MacroRun,
  Me,
  Mention,
  Message,
  Models,
  Month,
  Mood,
  NamedCalendar,
  NameMatch,
  NewPromise,
  Note,
  NoticeItem,
  NoticeKind,
  NoticePage,
  OrderCard,
  OrderDetail,
  OrderView,
  PackageLabel,
  PageYingdaConversationsItemsConversationItem as ConversationPage,
  PageYingdaConversationsItemsHit as HitPage,
  Period,
  Policy,
  Presence,
  PresenceStatus,
  ProductCard,
  Profile,
  PromiseItem,
  PromiseState,
  Purpose,
  QuickReplies,
  Reason,
  Rendered,
  ReplyDraft,
  Result as WrapUpResult,
  ReviewItem,
  RuleTable,
  RuleVersionHead,
  SavedView,
  Scope,
  ShownRun,
  SkillCategory,
  SkillTable,
  Skin,
  SkinProfile,
  Sort,
  StaffAbilities,
  State,
  SystemNotice,
  TeamQueue,
  Training,
  Transfer,
  TriageRule,
  Tried,
  Try,
  Uploaded,
  VariableInfo,
  View,
  Webhook,
  WebhookSecret,
  WrapUp,
  WriteWebhook,
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

/** Whether asking again would be answered alike: forbidden, not there, not understood. */
export const isFinal = (error: Error | null) =>
  error instanceof Problem && error.status >= 400 && error.status < 500 && error.status !== 429;

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

export async function ask<T>(request: Promise<Answer<T>>): Promise<T> {
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

const of = (customer_id: string) => ({ path: { customer_id } });
const at = (conversation_id: string) => ({ path: { conversation_id } });

const message = (conversation_id: string, seq: number) => ({ path: { conversation_id, seq } });

export const api = {
  login: (login: string, password: string) => ask(apiV1AuthLoginLogin({ body: { login, password } })),
  logout: () => ask(apiV1AuthLogoutLogout()),
  me: () => ask(apiV1AuthMeMe()),

  conversations: (query: ListQuery) => ask(apiV1ConversationsList({ query })),
  counts: () => ask(apiV1ConversationsCountsCounts()),
  search: (q: string, cursor?: string, limit = 30) =>
    ask(apiV1ConversationsSearchSearch({ query: { q, cursor, limit } })),
  conversation: (id: string) => ask(apiV1ConversationsConversationIdGetOne(at(id))),
  profile: (id: string) => ask(apiV1ConversationsConversationIdProfileProfile(at(id))),
  mood: (id: string) => ask(apiV1ConversationsConversationIdMoodMood(at(id))),
  order: (conversation_id: string, order_no: string) =>
    ask(apiV1ConversationsConversationIdOrdersOrderNoLookUp({ path: { conversation_id, order_no } })),
  remark: (conversation_id: string, order_no: string, text: string, key: string) =>
    ask(
      apiV1ConversationsConversationIdOrdersOrderNoRemarksRemark({
        path: { conversation_id, order_no },
        body: { text, key },
      }),
    ),
  revealReceiver: (conversation_id: string, order_no: string, field: RevealReceiver['field'], reason: Reason) =>
    ask(
      apiV1ConversationsConversationIdOrdersOrderNoRevealReveal({
        path: { conversation_id, order_no },
        body: { field, reason },
      }),
    ),
  revealCustomer: (id: string, field: RevealCustomer['field'], reason: Reason) =>
    ask(apiV1CustomersCustomerIdRevealReveal({ ...of(id), body: { field, reason } })),
  exportCustomer: (id: string, body: Reason) => ask(apiV1CustomersCustomerIdExportExport({ ...of(id), body })),
  eraseCustomer: (id: string, body: Reason) => ask(apiV1CustomersCustomerIdEraseErase({ ...of(id), body })),
  writeSkin: (id: string, body: Skin) => ask(apiV1CustomersCustomerIdSkinWriteSkin({ ...of(id), body })),
  notes: (id: string) => ask(apiV1CustomersCustomerIdNotesListNotes(of(id))),
  addNote: (id: string, text: string) => ask(apiV1CustomersCustomerIdNotesAddNote({ ...of(id), body: { text } })),
  deleteNote: (customer_id: string, note_id: string) =>
    ask(apiV1CustomersCustomerIdNotesNoteIdDeleteNote({ path: { customer_id, note_id } })),
  messages: (id: string, query: { after_seq?: number; before_seq?: number; limit?: number }) =>
    ask(apiV1ConversationsConversationIdMessagesMessages({ ...at(id), query })),
  write: (id: string, body: StaffMessage) => ask(apiV1ConversationsConversationIdMessagesWrite({ ...at(id), body })),
  mentionable: (id: string) => ask(apiV1ConversationsConversationIdMentionableMentionable(at(id))),
  upload: (id: string, file: File) =>
    ask(apiV1ConversationsConversationIdUploadsUploadForReply({ ...at(id), body: { file } })),
  readLabel: (conversation_id: string, file_id: string) =>
    ask(apiV1ConversationsConversationIdFilesFileIdLabelReadLabel({ path: { conversation_id, file_id } })),
  tryLabel: (file: File) => ask(apiV1KnowledgeLabelsTryLabel({ body: { file } })),
  triedLabel: (reading_id: string) => ask(apiV1KnowledgeLabelsReadingIdTriedLabel({ path: { reading_id } })),
  read: (id: string, seq: number) => ask(apiV1ConversationsConversationIdReadRead({ ...at(id), body: { seq } })),

  /** `unassigned`: only if nobody has it by now. */
  take: (id: string, unassigned: boolean) =>
    ask(apiV1ConversationsConversationIdTakeTake({ ...at(id), query: { unassigned } })),
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

  wrapUpChoices: () => ask(apiV1WrapUpChoicesChoices()),
  wrapUpDraft: (id: string, locale: 'zh' | 'en') =>
    ask(apiV1ConversationsConversationIdWrapUpDraftDraft({ ...at(id), query: { locale } })),
  wrapUps: (id: string) => ask(apiV1ConversationsConversationIdWrapUpVersions(at(id))),
  confirmWrapUp: (id: string, body: NewWrapUp) =>
    ask(apiV1ConversationsConversationIdWrapUpConfirm({ ...at(id), body })),
  correctWrapUp: (id: string, body: Confirmation) =>
    ask(apiV1ConversationsConversationIdWrapUpCorrect({ ...at(id), body })),

  promises: (query: NonNullable<ApiV1PromisesListData['query']>) => ask(apiV1PromisesList({ query })),
  promise: (id: string, body: NewPromise) => ask(apiV1ConversationsConversationIdPromisesMake({ ...at(id), body })),
  closePromise: (promise_id: string, state: 'kept' | 'broken' | 'cancelled') =>
    ask(apiV1PromisesPromiseIdCloseClose({ path: { promise_id }, body: { state } })),

  notices: (cursor?: string) => ask(apiV1NoticesList({ query: { cursor, limit: 30 } })),
  readNotice: (notice_id: string) => ask(apiV1NoticesNoticeIdReadRead({ path: { notice_id } })),
  readNotices: (notice_id: string) => ask(apiV1NoticesReadReadUpTo({ body: { notice_id } })),

  presence: () => ask(apiV1RoutingPresencePresence()),
  setPresence: (body: SetPresence) => ask(apiV1RoutingPresenceSetPresence({ body })),
  skills: () => ask(apiV1RoutingSkillsTable()),
  putSkill: (code: string, body: SkillDraft) => ask(apiV1RoutingSkillsCodePutSkill({ path: { code }, body })),
  deleteSkill: (code: string) => ask(apiV1RoutingSkillsCodeDeleteSkill({ path: { code } })),
  setAbilities: (staff_id: string, body: StaffAbilities) =>
    ask(apiV1RoutingStaffStaffIdAbilitiesSetAbilities({ path: { staff_id }, body })),
  dispatchRules: () => ask(apiV1RoutingRulesRules()),
  setDispatchRules: (body: DispatchRules) => ask(apiV1RoutingRulesSetRules({ body })),
  colleagues: () => ask(apiV1StaffListStaff({ query: { active: true, limit: 200 } })),
  departments: () => ask(apiV1DepartmentsListDepartments()),
  shops: () => ask(apiV1ShopsShops()),
  board: () => ask(apiV1RoutingBoardBoard()),

  reviewQueue: (days: number) => ask(apiV1ReviewQueueQueue({ query: { days, limit: 50 } })),
  correct: (body: CorrectIntent) => ask(apiV1ReviewCorrectionsCorrect({ body })),
  trainings: () => ask(apiV1ReviewTrainingsTrainings()),
  train: () => ask(apiV1ReviewTrainingsTrain()),
  cancelTraining: (training_id: string) => ask(apiV1ReviewTrainingsTrainingIdCancelCancel({ path: { training_id } })),
  publishTraining: (training_id: string, body: Publish) =>
    ask(apiV1ReviewTrainingsTrainingIdPublishPublish({ path: { training_id }, body })),
  models: () => ask(apiV1ReviewModelsModels()),
  rollBackModel: (why: string) => ask(apiV1ReviewModelsRollbackRollBack({ body: { why } })),

  triageDraft: () => ask(apiV1TriageDraftDraft()),
  saveTriage: (revision: number, table: RuleTable) => ask(apiV1TriageDraftSaveDraft({ body: { revision, table } })),
  dropTriage: () => ask(apiV1TriageDraftDropDraft()),
  publishTriage: (revision: number, why: string) => ask(apiV1TriageDraftPublishPublish({ body: { revision, why } })),
  triageVersions: () => ask(apiV1TriageVersionsVersions()),
  triageVersion: (number: number) => ask(apiV1TriageVersionsNumberVersion({ path: { number } })),
  restoreTriage: (number: number, why: string) =>
    ask(apiV1TriageVersionsNumberRestoreRestore({ path: { number }, body: { why } })),
  tryTriage: (body: Try) => ask(apiV1TriageTryTry({ body })),
  startDryRun: (days: number) => ask(apiV1TriageDryRunsStartRun({ body: { days } })),
  latestDryRun: () => ask(apiV1TriageDryRunsLatestLatestRun()),
  cancelDryRun: (run_id: string) => ask(apiV1TriageDryRunsRunIdCancelCancelRun({ path: { run_id } })),
  webhooks: () => ask(apiV1WebhooksListAll()),
  webhookEventTypes: () => ask(apiV1WebhooksEventTypesEventTypes()),
  addWebhook: (body: WriteWebhook) => ask(apiV1WebhooksAdd({ body })),
  changeWebhook: (webhook_id: string, body: WriteWebhook) =>
    ask(apiV1WebhooksWebhookIdChange({ path: { webhook_id }, body })),
  dropWebhook: (webhook_id: string) => ask(apiV1WebhooksWebhookIdRemove({ path: { webhook_id } })),
  rotateWebhook: (webhook_id: string, overlap_hours: number) =>
    ask(apiV1WebhooksWebhookIdRotateRotate({ path: { webhook_id }, body: { overlap_hours } })),
  pingWebhook: (webhook_id: string) => ask(apiV1WebhooksWebhookIdPingPing({ path: { webhook_id } })),
  webhookDeliveries: (webhook_id: string, become?: DeliveryState, cursor?: string) =>
    ask(apiV1WebhooksWebhookIdDeliveriesDeliveries({ path: { webhook_id }, query: { become, cursor, limit: 30 } })),
  redeliver: (delivery_id: string) =>
    ask(apiV1WebhooksDeliveriesDeliveryIdRedeliverRedeliver({ path: { delivery_id } })),

  savedViews: () => ask(apiV1SavedViewsList()),
  saveView: (body: ViewDraft) => ask(apiV1SavedViewsCreate({ body })),
  changeView: (view_id: string, body: ViewDraft) => ask(apiV1SavedViewsViewIdChange({ path: { view_id }, body })),
  cannedReplies: () => ask(apiV1CannedRepliesList()),
  replyVariables: () => ask(apiV1CannedRepliesVariablesVariables()),
  saveReply: (reply_id: string | null, body: ReplyDraft) =>
    ask(reply_id ? apiV1CannedRepliesReplyIdChange({ path: { reply_id }, body }) : apiV1CannedRepliesCreate({ body })),
  dropReply: (reply_id: string) => ask(apiV1CannedRepliesReplyIdDrop({ path: { reply_id } })),
  renderReply: (reply_id: string, conversation_id: string) =>
    ask(apiV1CannedRepliesReplyIdRenderRender({ path: { reply_id }, body: { conversation_id } })),

  macros: () => ask(apiV1MacrosList()),
  saveMacro: (macro_id: string | null, body: MacroDraft) =>
    ask(macro_id ? apiV1MacrosMacroIdChange({ path: { macro_id }, body }) : apiV1MacrosCreate({ body })),
  dropMacro: (macro_id: string) => ask(apiV1MacrosMacroIdDrop({ path: { macro_id } })),
  runMacro: (macro_id: string, conversation_id: string, client_id: string) =>
    ask(apiV1MacrosMacroIdRunRun({ path: { macro_id }, body: { conversation_id, client_id } })),

  deadlines: (id: string) => ask(apiV1ConversationsConversationIdDeadlinesDeadlines(at(id))),
  changeLevel: (id: string, level: number, reason: string) =>
    ask(apiV1ConversationsConversationIdLevelChangeLevel({ ...at(id), body: { level, reason } })),
  limits: () => ask(apiV1ServiceLevelsLimitsLimits()),
  saveLimits: (subject: string, body: PolicyChange) =>
    ask(apiV1ServiceLevelsLimitsSubjectChangeLimits({ path: { subject }, body })),
  calendars: () => ask(apiV1ServiceLevelsCalendarsCalendars()),
  saveCalendar: (calendar_id: string | null, body: CalendarBody) =>
    ask(
      calendar_id
        ? apiV1ServiceLevelsCalendarsCalendarIdChangeCalendar({ path: { calendar_id }, body })
        : apiV1ServiceLevelsCalendarsCreateCalendar({ body }),
    ),
  dropCalendar: (calendar_id: string) =>
    ask(apiV1ServiceLevelsCalendarsCalendarIdDropCalendar({ path: { calendar_id } })),
  month: (year: number, month: number, body: CalendarBody) =>
    ask(apiV1ServiceLevelsCalendarsMonthMonth({ query: { year, month }, body })),

  dropView: (view_id: string) => ask(apiV1SavedViewsViewIdDrop({ path: { view_id } })),
};

/** Where a file of a thread can be opened, for whoever is signed in. */
export const fileAddress = (conversationId: string, fileId: string) =>
  `/api/v1/conversations/${conversationId}/files/${fileId}`;
