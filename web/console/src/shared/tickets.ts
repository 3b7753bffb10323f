/** The server's API of tickets under short names, and under what its answers are kept. */
import {
  apiV1ConversationsConversationIdTicketsTicketsOfConversation,
  apiV1TicketKindsCreate,
  apiV1TicketKindsKindIdChange,
  apiV1TicketKindsList,
  apiV1TicketMeetingsAgendaAgenda,
  apiV1TicketMeetingsList,
  apiV1TicketMeetingsMeetingIdGetOne,
  apiV1TicketMeetingsWrite,
  apiV1TicketsBoardBoard,
  apiV1TicketsBulkBulk,
  apiV1TicketsCreate,
  apiV1TicketsList,
  apiV1TicketsTicketIdChange,
  apiV1TicketsTicketIdCommentsComments,
  apiV1TicketsTicketIdCommentsWrite,
  apiV1TicketsTicketIdGetOne,
  apiV1TicketsTicketIdHistoryHistory,
  apiV1TicketsTicketIdLinksLink,
  apiV1TicketsTicketIdLinksLinkIdUnlink,
  apiV1TicketsTicketIdMergeMerge,
  apiV1TicketsTicketIdUploadsUploadForComment,
  apiV1TicketsTicketIdWatchersWatchers,
  apiV1TicketsTicketIdWatchUnwatch,
  apiV1TicketsTicketIdWatchWatch,
} from '@/client';
import type {
  ApiV1TicketsListData,
  Bulk,
  CommentBody,
  KindChange,
  NewKind,
  NewLink,
  NewMeeting,
  NewTicketBody,
  Ticket,
  TicketChangeBody,
} from '@/client/types.gen';
import { ask } from './api';

export type {
  AgendaSection,
  Bulk,
  BulkResult,
  Category,
  CheckItem,
  Due,
  FieldType,
  KindField,
  MeetingHead,
  NewLink,
  RelatedTicket,
  Template,
  Ticket,
  TicketBoard,
  TicketCard,
  TicketColumn,
  TicketComment,
  TicketHistoryEntry,
  TicketKind,
  TicketSort,
  TicketState,
  TicketView,
} from '@/client/types.gen';

export type FieldValue = Ticket['fields'][string];
export type TicketQuery = NonNullable<ApiV1TicketsListData['query']>;
export type TicketChange = Omit<TicketChangeBody, 'version' | 'reason'>;

/** Everything about tickets is kept under this, kinds excepted: they seldom change. */
export const TICKETS = 'tickets';
export const ticketKey = (id: string) => [TICKETS, 'one', id];
export const TICKET_KINDS = ['ticket-kinds'];

const at = (ticket_id: string) => ({ path: { ticket_id } });

export const tickets = {
  list: (query: TicketQuery) => ask(apiV1TicketsList({ query })),
  ofConversation: (conversation_id: string) =>
    ask(apiV1ConversationsConversationIdTicketsTicketsOfConversation({ path: { conversation_id } })),
  board: (query: TicketQuery) => ask(apiV1TicketsBoardBoard({ query })),
  one: (id: string) => ask(apiV1TicketsTicketIdGetOne(at(id))),
  create: (body: NewTicketBody) => ask(apiV1TicketsCreate({ body })),
  change: (id: string, body: TicketChangeBody) => ask(apiV1TicketsTicketIdChange({ ...at(id), body })),
  bulk: (body: Bulk) => ask(apiV1TicketsBulkBulk({ body })),
  merge: (id: string, into_id: string) => ask(apiV1TicketsTicketIdMergeMerge({ ...at(id), body: { into_id } })),

  comments: (id: string, cursor?: string) =>
    ask(apiV1TicketsTicketIdCommentsComments({ ...at(id), query: { cursor, limit: 200 } })),
  comment: (id: string, body: CommentBody) => ask(apiV1TicketsTicketIdCommentsWrite({ ...at(id), body })),
  upload: (id: string, file: File) => ask(apiV1TicketsTicketIdUploadsUploadForComment({ ...at(id), body: { file } })),
  history: (id: string, cursor?: string) =>
    ask(apiV1TicketsTicketIdHistoryHistory({ ...at(id), query: { cursor, limit: 50 } })),
  link: (id: string, body: NewLink) => ask(apiV1TicketsTicketIdLinksLink({ ...at(id), body })),
  unlink: (ticket_id: string, link_id: string) =>
    ask(apiV1TicketsTicketIdLinksLinkIdUnlink({ path: { ticket_id, link_id } })),
  watch: (id: string) => ask(apiV1TicketsTicketIdWatchWatch(at(id))),
  unwatch: (id: string) => ask(apiV1TicketsTicketIdWatchUnwatch(at(id))),
  setWatchers: (id: string, staff_ids: string[]) =>
    ask(apiV1TicketsTicketIdWatchersWatchers({ ...at(id), body: { staff_ids } })),

  kinds: () => ask(apiV1TicketKindsList()),
  createKind: (body: NewKind) => ask(apiV1TicketKindsCreate({ body })),
  changeKind: (kind_id: string, body: KindChange) => ask(apiV1TicketKindsKindIdChange({ path: { kind_id }, body })),

  agenda: (department_id: string | null) => ask(apiV1TicketMeetingsAgendaAgenda({ query: { department_id } })),
  meetings: () => ask(apiV1TicketMeetingsList({ query: { limit: 30 } })),
  meeting: (meeting_id: string) => ask(apiV1TicketMeetingsMeetingIdGetOne({ path: { meeting_id } })),
  keepMinutes: (body: NewMeeting) => ask(apiV1TicketMeetingsWrite({ body })),
};

/** Where a file of a comment can be opened, for whoever is signed in. */
export const ticketFileAddress = (ticketId: string, fileId: string) => `/api/v1/tickets/${ticketId}/files/${fileId}`;
