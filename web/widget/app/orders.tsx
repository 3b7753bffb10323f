import { useEffect, useState } from 'preact/hooks';
import type { Problem } from './api.ts';
import { OrderView } from './cards.tsx';
import type { OrderCard } from './contract.ts';
import { Dialog } from './dialog.tsx';
import { CloseIcon } from './icons.tsx';
import { useScene } from './view.ts';
import { explain } from './words.ts';

/** The customer's latest orders; a press sends one into the conversation. */
export function OrderPicker({ onClose }: { onClose: () => void }) {
  const { chat, words } = useScene();
  const [orders, setOrders] = useState<OrderCard[] | null>(null);
  const [trouble, setTrouble] = useState('');

  useEffect(() => {
    chat.orders().then(setOrders, (problem: Problem) => setTrouble(explain(words, problem)));
  }, []);

  const choose = (order: OrderCard) => {
    chat.say({ kind: 'order_card', content: order });
    onClose();
  };

  return (
    <Dialog class="sheet" label={words.orders} onClose={onClose}>
      <form method="dialog" class="sheet-head">
        <h2>{words.orders}</h2>
        <button type="submit" class="round" aria-label={words.dismiss}>
          <CloseIcon />
        </button>
      </form>
      <div class="sheet-body" aria-busy={!orders && !trouble}>
        {trouble && <p class="quiet">{trouble}</p>}
        {!orders && !trouble && <p class="quiet">{words.ordersLoading}</p>}
        {orders?.length === 0 && <p class="quiet">{words.noOrders}</p>}
        {orders?.map((order) => (
          <button key={order.order_no} type="button" class="pick" onClick={() => choose(order)}>
            <OrderView order={order} />
          </button>
        ))}
      </div>
    </Dialog>
  );
}
