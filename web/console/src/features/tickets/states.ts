/** The states of tickets, by what they mean. */
import type { Category } from '@/shared/tickets';

const DONE = new Set<Category>(['resolved', 'closed']);

/** No clock runs on it any more. */
export const isDone = ({ category }: { category: Category }) => DONE.has(category);
