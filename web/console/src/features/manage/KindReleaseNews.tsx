import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { differing } from '@/shared/differing';
import { Differences, News } from '@/shared/News';
import { KIND_NEWS, type KindContent, type KindNews, releases } from '@/shared/releases';
import { useDecline } from '@/shared/useDecline';
import { entryName, FIELD_WORDS, isWorded, taken } from './kindNews';
import type { KindDraft } from './kinds';

/** What a release brings to the kinds; not asked for by who may not change them. */
export const useKindNews = (enabled: boolean) =>
  useQuery({ queryKey: KIND_NEWS, queryFn: releases.kinds, enabled }).data ?? [];

interface Props {
  news: KindNews[];
  onTake: (id: string | null, draft: KindDraft) => void;
}

export function KindReleaseNews({ news, onTake }: Props) {
  const { t } = useTranslation();
  const decline = useDecline(KIND_NEWS);
  const nameOf = useFieldNames();
  return (
    <News
      heading={(count) => t('news.kinds', { count })}
      hint={t('news.hintKinds')}
      takeLabel={t('news.takeKind')}
      items={news.map((one) => ({
        ...one,
        id: one.code,
        title: one.own?.name ?? one.offered.name,
        known: one.own !== null,
        whyNow: one.why_now,
        clashes: one.clashes.map((path) => nameOf(one.offered, path.split('.'))),
        what: <Brought news={one} />,
      }))}
      onTake={async ([code]) => {
        const one = news.find((item) => item.code === code);
        if (one) onTake(one.kind_id, taken(one));
      }}
      onDecline={(code, why) => decline(() => releases.declineKinds([code], why))}
    />
  );
}

/** Of a kind that is not there its states, of another what would change. */
function Brought({ news: { own, offered } }: { news: KindNews }) {
  const { t } = useTranslation();
  const nameOf = useFieldNames();
  if (!own) return <p>{offered.states.map(({ name }) => name).join(' → ')}</p>;
  const inWords = (path: string[], value: unknown): string => {
    const field = path.at(-1);
    if (field === 'next') return entryName(offered, 'states', String(value));
    if (field === 'level') return t(`levelLong.${String(value) as '1'}`);
    if (field === 'category') return t(`kinds.category_${value as 'open'}`);
    if (field === 'type') return t(`kinds.type_${value as 'text'}`);
    if (typeof value === 'boolean') return t(value ? 'news.yes' : 'news.no');
    if (value && typeof value === 'object') return entryName(offered, path[0] ?? '', path[1] ?? '');
    return String(value);
  };
  return <Differences found={differing(own, offered)} nameOf={(path) => nameOf(offered, path)} inWords={inWords} />;
}

function useFieldNames() {
  const { t } = useTranslation();
  const worded = (name: string) => (isWorded(name) ? t(FIELD_WORDS[name]) : name);
  return (content: KindContent, [list = '', entry, ...rest]: string[]): string =>
    [worded(list), entry && entryName(content, list, entry), ...rest.map(worded)].filter(Boolean).join(' · ');
}
