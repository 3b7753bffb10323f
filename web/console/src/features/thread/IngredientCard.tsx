import type { IngredientCard as Card } from '@/shared/api';
import { Ingredients } from '@/shared/Ingredients';

/** What the assistant, or a worker asked by staff, found on a photograph. */
export default function IngredientCard({ card }: { card: Card }) {
  return <Ingredients summary={card.text} found={card} />;
}
