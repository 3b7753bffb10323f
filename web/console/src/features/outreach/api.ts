/** The server's API of proactive service, and under what its answers are kept. */
import {
  apiV1OutreachFindingsList,
  apiV1OutreachOverviewOverview,
  apiV1OutreachPreviewsPreviews,
  apiV1OutreachSettingsChange,
  apiV1OutreachSettingsSettings,
} from '@/client';
import type { ApiV1OutreachFindingsListData, OutreachChange, OutreachSettings } from '@/client/types.gen';
import { ask } from '@/shared/api';

export type {
  KeptOutreach,
  OutreachOverview,
  OutreachPreview,
  OutreachSettings,
  ParcelFinding,
  ToldAccuracy,
  Trouble,
  WatchedShop,
} from '@/client/types.gen';

export type LogFilter = Omit<NonNullable<ApiV1OutreachFindingsListData['query']>, 'cursor' | 'limit'>;

export const OUTREACH = 'outreach';

export const outreach = {
  settings: () => ask(apiV1OutreachSettingsSettings()),
  change: (body: OutreachChange) => ask(apiV1OutreachSettingsChange({ body })),
  previews: (body: OutreachSettings) => ask(apiV1OutreachPreviewsPreviews({ body })),
  overview: () => ask(apiV1OutreachOverviewOverview()),
  findings: (filter: LogFilter, cursor?: string) => ask(apiV1OutreachFindingsList({ query: { ...filter, cursor } })),
};
