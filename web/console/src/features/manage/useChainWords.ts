/** What the chain says, in words. */
import { useTranslation } from 'react-i18next';
import type { ChainStep, Edge } from '@/shared/escalations';
import { INTENTS } from '@/shared/intents';
import { useIntentWords } from '@/shared/useIntentWords';

/** Patterns of intents that belong together, where there are several. */
export const GROUPS = [...new Set(INTENTS.map(({ code }) => `${code.split('.')[0]}.*`))].filter(
  (group) => group !== 'other.*',
);
/** As many are named in the picture. */
const NAMED = 2;

/** Above it is none. */
const HIGHEST = 5;

type Level = '1' | '2' | '3' | '4' | '5';

export function useChainWords() {
  const { t } = useTranslation();
  const intent = useIntentWords();
  const from = (level: string, value: number) => (value < HIGHEST ? t('chain.from', { level }) : level);
  const level = (value: number) =>
    value > 1 ? from(t(`levelLong.${String(value) as Level}`), value) : t('chain.anyLevel');

  /** On what condition a way is taken. */
  const condition = ({ intents = [], min_level = 1 }: Edge): string => {
    const named = intents.slice(0, NAMED).map(intent).join(t('canned.comma'));
    const what = intents.length > NAMED ? t('chain.andMore', { names: named, count: intents.length }) : named;
    return [what, min_level > 1 && level(min_level)].filter(Boolean).join(t('canned.comma')) || t('chain.always');
  };
  const whole = ({ intents = [] }: Edge) => intents.map(intent).join(t('canned.comma'));
  const minutes = ({ receipt_minutes }: ChainStep) => t('chain.within', { count: receipt_minutes });
  return { intent, level, condition, whole, minutes };
}
