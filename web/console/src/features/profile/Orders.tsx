import { Input, Typography } from 'antd';
import { lazy, Suspense, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { api, type OrderView, Problem } from '@/shared/api';
import { dayAndTime } from '@/shared/time';
import { yuan } from './figures';
import { Part, Pending } from './Part';
import styles from './profile.module.css';

const OrderDetails = lazy(() => import('./OrderDetails'));

interface Props {
  conversationId: string;
  orders: OrderView[] | null;
  mayReveal: boolean;
}

/** What was bought lately; any order of this customer by its number. */
export function Orders({ conversationId, orders, mayReveal }: Props) {
  const { t } = useTranslation();
  const [found, setFound] = useState<OrderView | null>(null);
  if (!orders) {
    return (
      <Part id="orders" title={t('order.title')}>
        <p className={styles.soft}>{t('order.hidden')}</p>
      </Part>
    );
  }
  const listed = found ? [found, ...orders.filter((order) => order.order_no !== found.order_no)] : orders;
  return (
    <Part id="orders" title={t('order.title')} extra={<small>{orders.length || ''}</small>}>
      {orders.length > 0 ? (
        <LookUp conversationId={conversationId} onFound={setFound} />
      ) : (
        <p className={styles.soft}>{t('order.none')}</p>
      )}
      {listed.map((order) => (
        <Order
          key={order === found ? `found ${order.order_no}` : order.order_no} // mounted anew, hence open
          conversationId={conversationId}
          order={order}
          mayReveal={mayReveal}
          openAtFirst={order === found}
        />
      ))}
    </Part>
  );
}

function LookUp({ conversationId, onFound }: { conversationId: string; onFound: (order: OrderView) => void }) {
  const { t } = useTranslation();
  const [busy, setBusy] = useState(false);
  const [refused, setRefused] = useState('');
  const search = async (text: string) => {
    setRefused('');
    if (!text.trim()) return;
    setBusy(true);
    try {
      onFound((await api.order(conversationId, text.trim())).order);
    } catch (problem) {
      setRefused(problem instanceof Problem ? problem.message : String(problem));
    } finally {
      setBusy(false);
    }
  };
  return (
    <>
      <Input.Search
        size="small"
        className={styles.lookUp}
        maxLength={64}
        loading={busy}
        allowClear
        placeholder={t('order.search')}
        aria-label={t('order.search')}
        onSearch={(text) => void search(text)}
      />
      {refused && (
        <p role="alert" className={styles.failed}>
          {refused}
        </p>
      )}
    </>
  );
}

interface OrderProps {
  conversationId: string;
  order: OrderView;
  mayReveal: boolean;
  openAtFirst: boolean;
}

function Order({ conversationId, order, mayReveal, openAtFirst }: OrderProps) {
  const { t } = useTranslation();
  const [open, setOpen] = useState(openAtFirst);
  const { parcel } = order;
  return (
    <article className={styles.order}>
      <span className={styles.spread}>
        <Typography.Text copyable={{ tooltips: [t('order.copy'), t('order.copied')] }}>
          {order.order_no}
        </Typography.Text>
        <b data-tone={tone(order)}>{t(`order.state_${order.state}`)}</b>
      </span>
      <button type="button" className={styles.opener} aria-expanded={open} onClick={() => setOpen(!open)}>
        <span className={styles.items}>
          {open
            ? t('order.fold')
            : order.lines.map((line) => `${line.title} ${line.variant} ×${line.quantity}`).join('、')}
        </span>
        <span className={styles.spread}>
          <small>{dayAndTime(order.placed_at)}</small>
          <span>{yuan(order.total_cents)}</span>
        </span>
        {parcel && !open && (
          <small>
            {parcel.carrier} · {t(`order.parcel_${parcel.state}`)} · {parcel.latest}
          </small>
        )}
      </button>
      {open && (
        <Suspense fallback={<Pending of={{ isPending: true, isError: false, error: null, refetch: () => {} }} />}>
          <OrderDetails conversationId={conversationId} orderNo={order.order_no} mayReveal={mayReveal} />
        </Suspense>
      )}
    </article>
  );
}

const TROUBLED = new Set(['stalled', 'delayed', 'damaged', 'misdelivered', 'returning']);

function tone(order: OrderView): 'warn' | 'soft' | undefined {
  if (order.state === 'after_sale' || (order.parcel && TROUBLED.has(order.parcel.state))) return 'warn';
  return order.state === 'completed' || order.state === 'cancelled' ? 'soft' : undefined;
}
