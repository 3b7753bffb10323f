import type { IngredientCard as Card } from '@/shared/api';
import { Ingredients } from '@/shared/Ingredients';
import { usePreferences } from '@/shared/preferences';

/** What the assistant, or a worker asked by staff, found on a photograph. */
export default function IngredientCard({ card }: { card: Card }) {
  const { locale } = usePreferences();
  const found = locale === 'en' ? { ...card, ...card.en } : card;
  return <Ingredients summary={found.text} found={found} />;
}
