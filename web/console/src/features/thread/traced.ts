import type { TFunction } from 'i18next';
import type { TracedStep } from '@/client/types.gen';
import type { Preferences } from '@/shared/preferences';

type Reason = Pick<TracedStep, 'why' | 'about' | 'words'>;
type Came = 'found';
type Slot = 'order_no';

/** Why a step was taken, in words; empty where its name says it all. Processes of a shop's own may have outcomes and
 * slots that have no words here: they are called as their files call them. */
export function reasonOf({ why, about, words }: Reason, locale: Preferences['locale'], t: TFunction): string {
  switch (why) {
    case null:
      return about;
    case 'taken':
      return '';
    case 'outcome':
      return words?.[locale] ?? t(`trace.came_${about as Came}`, { defaultValue: about });
    case 'ended':
      return words?.[locale] ?? t('trace.why_ended');
    case 'chosen':
    case 'answered':
      return t(`trace.why_${why}`, { slot: t(`trace.slot_${about as Slot}`, { defaultValue: about }) });
    default:
      return t(`trace.why_${why}`);
  }
}
