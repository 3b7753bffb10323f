import { useQuery, useQueryClient } from '@tanstack/react-query';
import { App } from 'antd';
import { useTranslation } from 'react-i18next';
import { api, type Conditions, type Decision, type Effects, type RuleTable } from '@/shared/api';
import { usePreferences } from '@/shared/preferences';
import { LABELS } from '@/shared/queries';
import { RULE_NEWS } from '@/shared/releases';
import { useIntentWords } from '@/shared/useIntentWords';
import { type ConditionName, given } from './table';

export const DRAFT = ['triage', 'draft'];
export const VERSIONS = ['triage', 'versions'];
export const RUN = ['triage', 'run'];

/** Does something, tells how it went, and loads anew what it may have changed. */
export function useDo() {
  const queries = useQueryClient();
  const { message } = App.useApp();
  return async (action: () => Promise<unknown>, done?: string) => {
    try {
      await action();
      if (done) void message.success(done);
    } catch (problem) {
      void message.error(problem instanceof Error ? problem.message : String(problem));
    }
    await queries.invalidateQueries({ queryKey: ['triage'] });
  };
}

/** Keeps a table as the next revision of the draft; true when that went well. */
export function useSave() {
  const queries = useQueryClient();
  const { message } = App.useApp();
  return async (revision: number, table: RuleTable) => {
    try {
      queries.setQueryData(DRAFT, await api.saveTriage(revision, table));
      void queries.invalidateQueries({ queryKey: RULE_NEWS });
      return true;
    } catch (problem) {
      void message.error(problem instanceof Error ? problem.message : String(problem));
      await queries.invalidateQueries({ queryKey: DRAFT });
      return false;
    }
  };
}

/** Teams and labels to choose from. */
export function useChoices() {
  const departments = useQuery({ queryKey: ['departments'], queryFn: api.departments });
  const labels = useQuery({ queryKey: LABELS, queryFn: api.labels });
  return {
    teams: (departments.data ?? []).flatMap(({ teams }) => teams),
    labels: (labels.data ?? []).filter(({ archived }) => !archived),
  };
}

/** Conditions and effects in words. */
export function useWords() {
  const { t } = useTranslation();
  const { locale } = usePreferences();
  const { teams, labels } = useChoices();

  const intent = useIntentWords();
  const value = (name: ConditionName, one: unknown): string => {
    if (typeof one === 'boolean') return t(one ? 'triage.yes' : 'triage.no');
    const text = String(one);
    if (name === 'intents' || name === 'not_intents') return intent(text);
    if (name === 'emotions') return t(`emotion.${text as 'calm'}`);
    if (name === 'segments') return t(`triage.segment_${text as 'new'}`);
    if (text === 'yes' || text === 'no') return t(`triage.${text}`);
    return text;
  };
  const condition = (when: Conditions, name: ConditionName): string => {
    const said = when[name];
    if (Array.isArray(said)) {
      const shown = said
        .slice(0, 4)
        .map((one) => (typeof one === 'object' ? `${one.start}–${one.end}` : value(name, one)));
      return shown.join('、') + (said.length > shown.length ? ` +${said.length - shown.length}` : '');
    }
    if (name === 'contacts' && when.contacts) return t('triage.contactsText', { ...when.contacts });
    if (said && typeof said === 'object') {
      const { min, max } = said as { min?: number | null; max?: number | null };
      return [min != null && `≥ ${min}`, max != null && `≤ ${max}`].filter(Boolean).join(' ');
    }
    return value(name, said);
  };
  const conditions = (when: Conditions = {}) =>
    given(when).map((name) => ({ name, label: t(`triage.condition_${name}`), text: condition(when, name) }));
  const effects = (then: Effects | Decision = {}) =>
    [
      then.answerer && t(`triage.answerer_${then.answerer}`),
      then.reason && t(`triage.reason_${then.reason}`),
      then.level && t(`levelLong.${String(then.level) as '1'}`),
      then.team_id && (teams.find(({ id }) => id === then.team_id)?.name ?? t('triage.effect_team')),
      then.skill && t('triage.skillShort', { value: then.skill }),
      then.priority ? t('triage.priorityShort', { value: then.priority }) : '',
      ...(then.label_ids ?? []).map((id) => labels.find((label) => label.id === id)?.name ?? t('triage.effect_labels')),
    ].filter(Boolean) as string[];
  const titleOf = (rule: { title: string; title_en?: string }) =>
    locale === 'en' && rule.title_en ? rule.title_en : rule.title;
  return { conditions, effects, value, intent, titleOf };
}
