/** The server's API of articles and what they should say, under short names. */
import {
  apiV1KnowledgeArticlesArticleIdDiffDiff,
  apiV1KnowledgeArticlesArticleIdEdit,
  apiV1KnowledgeArticlesArticleIdGetOne,
  apiV1KnowledgeArticlesArticleIdMovesMove,
  apiV1KnowledgeArticlesCreate,
  apiV1KnowledgeArticlesImportImport,
  apiV1KnowledgeArticlesList,
  apiV1KnowledgeArticlesPreviewPreview,
  apiV1KnowledgeArticlesSearchSearch,
  apiV1KnowledgeArticlesTopicsTopics,
  apiV1KnowledgeArticlesVariablesVariables,
  apiV1KnowledgeBoardBoard,
  apiV1KnowledgeProposalsList,
  apiV1KnowledgeProposalsProposalIdAcceptAccept,
  apiV1KnowledgeProposalsProposalIdSettleSettle,
} from '@/client';
import type {
  ApiV1KnowledgeArticlesListData,
  ApiV1KnowledgeProposalsListData,
  EditArticle,
  MoveArticle,
  NewArticle,
  SearchFor,
} from '@/client/types.gen';
import { ask } from './api';

export type ArticleQuery = NonNullable<ApiV1KnowledgeArticlesListData['query']>;
export type ProposalQuery = NonNullable<ApiV1KnowledgeProposalsListData['query']>;

/** All that changes when an article does. */
export const ARTICLES = 'articles';

const at = (article_id: string) => ({ path: { article_id } });

export const articles = {
  list: (query: ArticleQuery) => ask(apiV1KnowledgeArticlesList({ query })),
  topics: () => ask(apiV1KnowledgeArticlesTopicsTopics()),
  variables: () => ask(apiV1KnowledgeArticlesVariablesVariables()),
  one: (id: string) => ask(apiV1KnowledgeArticlesArticleIdGetOne(at(id))),
  create: (body: NewArticle) => ask(apiV1KnowledgeArticlesCreate({ body })),
  edit: (id: string, body: EditArticle) => ask(apiV1KnowledgeArticlesArticleIdEdit({ ...at(id), body })),
  move: (id: string, body: MoveArticle) => ask(apiV1KnowledgeArticlesArticleIdMovesMove({ ...at(id), body })),
  diff: (id: string, before: number, after: number) =>
    ask(apiV1KnowledgeArticlesArticleIdDiffDiff({ ...at(id), query: { before, after } })),
  preview: (body: string) => ask(apiV1KnowledgeArticlesPreviewPreview({ body: { body } })),
  search: (body: SearchFor) => ask(apiV1KnowledgeArticlesSearchSearch({ body })),
  bringIn: (file: File, check: boolean) =>
    ask(apiV1KnowledgeArticlesImportImport({ query: { check }, body: { file } })),
  board: (days: number) => ask(apiV1KnowledgeBoardBoard({ query: { days } })),
  proposals: (query: ProposalQuery) => ask(apiV1KnowledgeProposalsList({ query })),
  accept: (proposal_id: string, body: NewArticle) =>
    ask(apiV1KnowledgeProposalsProposalIdAcceptAccept({ path: { proposal_id }, body })),
  settle: (proposal_id: string, accepted: boolean) =>
    ask(
      apiV1KnowledgeProposalsProposalIdSettleSettle({
        path: { proposal_id },
        body: { state: accepted ? 'accepted' : 'dismissed' },
      }),
    ),
};

/** Where a file of all articles is. */
export const exportPath = (kind: 'markdown' | 'csv' | 'xlsx') => `/api/v1/knowledge/articles/export/${kind}`;
