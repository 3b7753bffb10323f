/** How figures of models are written. */
import type { TFunction } from 'i18next';
import type { Learned, Models, Training } from '@/shared/api';

export const percent = (share: number) => `${(share * 100).toFixed(1).replace(/^(0|100)\.0$/, '$1')}%`;

export const underWay = (training: Training | undefined) =>
  training !== undefined && (training.state === 'queued' || training.state === 'running');

/** Whether it can be published: a candidate that waits, or one that was rolled back. */
export const mayServe = ({ state, learned }: Training, current: number | undefined) =>
  state === 'done' || (state === 'published' && current !== undefined && learned?.version !== current);

/** Whether the server would refuse it without force. */
export const refused = ({ worse, lacking }: Learned) => worse || lacking.length > 0;

/** Who published or rolled back: a colleague, or somebody on the machine itself. */
export const makerOf = ({ by_id, by_name }: Models['history'][number], t: TFunction) =>
  by_id ? by_name || t('review.someone') : t('review.onMachine', { name: by_name });
