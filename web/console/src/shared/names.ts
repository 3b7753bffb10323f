import type { TFunction } from 'i18next';

/** What a customer is called; a visitor by the end of their number, which tells two apart. */
export function customerName({ customer }: { customer: { id: string; name: string } }, t: TFunction): string {
  return customer.name || t('list.visitor', { id: customer.id.slice(-4).toUpperCase() });
}
