import type { HandOff } from '@/shared/api';
import type { Preferences } from '@/shared/preferences';

/** Small talk, of which the summary's topic is what was talked about before. */
const ASIDE = /^(chat\.|other$)/;

/** The topic before what was said is Chinese: whoever reads English has it above in their own words, if that is it. */
export const summaryOf = ({ summary, intent }: Pick<HandOff, 'summary' | 'intent'>, locale: Preferences['locale']) =>
  locale === 'en' && intent && !ASIDE.test(intent) ? summary.replace(/^[^：]{1,20}：/, '') : summary;
