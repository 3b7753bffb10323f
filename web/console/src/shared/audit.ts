/** The audit trail: who saw or changed what. */
import { apiV1AuditListAudit } from '@/client';
import type { ApiV1AuditListAuditData } from '@/client/types.gen';
import { ask } from './api';

export type { AuditLine } from '@/client/types.gen';

export type AuditQuery = NonNullable<ApiV1AuditListAuditData['query']>;

export const readAudit = (query: AuditQuery) => ask(apiV1AuditListAudit({ query }));
