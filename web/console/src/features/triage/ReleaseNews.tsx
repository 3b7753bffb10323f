import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import type { Conditions, Effects, TriageRule } from '@/shared/api';
import { differing } from '@/shared/differing';
import { Differences, News } from '@/shared/News';
import { RULE_NEWS, type RuleNews, releases } from '@/shared/releases';
import { useDecline } from '@/shared/useDecline';
import { useDo, useWords } from './useTriage';
import { What } from './What';

const EFFECTS: Record<string, 'team' | 'labels' | 'answerer' | 'reason' | 'level' | 'skill' | 'priority'> = {
  team_id: 'team',
  label_ids: 'labels',
  answerer: 'answerer',
  reason: 'reason',
  level: 'level',
  skill: 'skill',
  priority: 'priority',
};

/** What a release brings to the rules; nothing while there is nothing. */
export function ReleaseNews() {
  const { t } = useTranslation();
  const run = useDo();
  const words = useWords();
  const nameOf = useFieldNames();
  const decline = useDecline(RULE_NEWS);
  const news = useQuery({ queryKey: RULE_NEWS, queryFn: releases.rules });
  if (!news.data) return null;
  const { revision, rules } = news.data;
  return (
    <News
      heading={(count) => t('news.rules', { count })}
      hint={t('news.hint')}
      takeLabel={t('news.take')}
      takeAll={t('news.takeAll')}
      items={rules.map((one) => ({
        ...one,
        title: words.titleOf(one.offered),
        known: one.own !== null,
        why: one.offered.why,
        whyNow: one.why_now,
        clashes: one.clashes.map((path) => nameOf(path.split('.'))),
        what: <Brought news={one} />,
      }))}
      onTake={(ids) => run(() => releases.takeRules(revision, ids), t('news.taken'))}
      onDecline={(id, why) => decline(() => releases.declineRules([id], why))}
    />
  );
}

/** Of a rule that is not there what it does, of another what would change. */
function Brought({ news }: { news: RuleNews }) {
  const { t } = useTranslation();
  const words = useWords();
  const nameOf = useFieldNames();
  if (!news.own) return <What rule={news.offered} />;
  const inWords = (path: string[], value: unknown): string => {
    const [part, field = ''] = path;
    if (part === 'effects')
      return words.effects({ [field]: field === 'label_ids' ? [value] : value } as Effects).join(' ');
    if (part === 'when' && path.length === 2 && typeof value === 'object')
      return words.conditions({ [field]: value } as Conditions)[0]?.text ?? '';
    if (part === 'when') return words.value(field as keyof Conditions, value);
    return typeof value === 'boolean' ? t(value ? 'triage.yes' : 'triage.no') : String(value);
  };
  const without = ({ id: _, ...rule }: TriageRule) => ({ enabled: true, ...rule });
  return <Differences found={differing(without(news.own), without(news.offered))} nameOf={nameOf} inWords={inWords} />;
}

function useFieldNames() {
  const { t } = useTranslation();
  return ([part, field = '', end]: string[]): string => {
    if (part === 'when') {
      const name = t(`triage.condition_${field as keyof Conditions}`);
      return end === 'min' || end === 'max' ? `${name} ${t(`triage.${end}`)}` : name;
    }
    if (part === 'effects') return t(`triage.effect_${EFFECTS[field] ?? 'answerer'}`);
    if (part === 'title_en') return t('triage.titleEn');
    if (part === 'enabled') return t('triage.inUse');
    return t(part === 'why' ? 'triage.why' : 'triage.title');
  };
}
