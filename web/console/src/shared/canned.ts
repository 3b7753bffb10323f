/** Canned replies: how one is found, and the gaps that a text still has. Pure but for the two queries. */
import { queryOptions, useQuery } from '@tanstack/react-query';
import { api, type CannedReply, type VariableInfo } from './api';

export const CANNED = ['canned-replies'];

/** All that one may use, most used first: held here, so that the list answers each key at once. */
export const useCannedReplies = () => useQuery({ queryKey: CANNED, queryFn: api.cannedReplies });

/** Which variables there are; they change with the version of the product only. */
export const VARIABLES = queryOptions({
  queryKey: ['reply-variables'],
  queryFn: api.replyVariables,
  staleTime: Number.POSITIVE_INFINITY,
});

export const useVariables = () => useQuery(VARIABLES);

/** Those that have all the words: by code first, then by title, pinyin or initials, then by what they say. */
export function matchingReplies(replies: CannedReply[], words: string): CannedReply[] {
  const parts = words.toLowerCase().split(/\s+/).filter(Boolean);
  return replies
    .map((reply) => ({ reply, rank: Math.max(0, ...parts.map((part) => rankOf(reply, part))) }))
    .filter(({ rank }) => rank < Number.POSITIVE_INFINITY)
    .toSorted((a, b) => a.rank - b.rank)
    .map(({ reply }) => reply);
}

function rankOf({ code, keys, text }: CannedReply, part: string): number {
  if (code === part) return 0;
  if (code.startsWith(part)) return 1;
  if (keys.some((key) => key.startsWith(part))) return 2;
  if (keys.some((key) => key.includes(part))) return 3;
  return text.toLowerCase().includes(part) ? 4 : Number.POSITIVE_INFINITY;
}

export interface GapFound {
  label: string;
  from: number;
  to: number;
}

/** Where a text still says 【订单号】 instead of the number. Other words in such brackets are the writer's own. */
export function gapsIn(text: string, variables: VariableInfo[]): GapFound[] {
  const labels = new Set(variables.flatMap(({ zh, en }) => [zh.label, en.label]));
  return [...text.matchAll(/【([^【】]+)】/g)].flatMap((found) => {
    const label = found[1] ?? '';
    return labels.has(label) ? [{ label, from: found.index, to: found.index + found[0].length }] : [];
  });
}
