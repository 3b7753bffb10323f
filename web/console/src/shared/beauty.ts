/** The server's API of the beauty graph under short names. */
import {
  apiV1KnowledgeAskAsk,
  apiV1KnowledgeIngredientsIngredientIdIngredient,
  apiV1KnowledgeIngredientsIngredients,
} from '@/client';
import { ask } from './api';

export const beauty = {
  find: (q: string) => ask(apiV1KnowledgeIngredientsIngredients({ query: { q, limit: 200 } })),
  one: (ingredient_id: string) => ask(apiV1KnowledgeIngredientsIngredientIdIngredient({ path: { ingredient_id } })),
  ask: (question: string) => ask(apiV1KnowledgeAskAsk({ body: { question } })),
};
