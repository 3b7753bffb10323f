import { useQuery } from '@tanstack/react-query';
import { Skeleton, Typography } from 'antd';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import {
  api,
  type Conversation,
  type ConversationItem,
  type Profile as CustomerProfile,
  type OrderCard,
} from '@/shared/api';
import { intentName } from '@/shared/intents';
import { customerName } from '@/shared/names';
import { usePreferences } from '@/shared/preferences';
import { headKey } from '@/shared/queries';
import { dayAndTime, dayKey } from '@/shared/time';
import styles from './profile.module.css';

type Segment = 'new' | 'regular' | 'high_value' | 'at_risk';

/** Who the customer is, in one glance: masked contacts, orders, earlier conversations. */
export function Profile({ id, onOpen }: { id: string; onOpen: (id: string) => void }) {
  const { t } = useTranslation();
  const head = useQuery({ queryKey: headKey(id), queryFn: () => api.conversation(id) });
  const profile = useQuery({ queryKey: ['profile', id], queryFn: () => api.profile(id) });
  return (
    <aside className={styles.panel} aria-label={t('profile.label')}>
      {profile.isPending && <Skeleton active paragraph={{ rows: 8 }} />}
      {profile.isError && <p role="alert">{profile.error.message}</p>}
      {profile.data && head.data && <Card profile={profile.data} item={head.data} />}
      {profile.data && <Orders orders={profile.data.orders ?? null} />}
      {head.data && <Past head={head.data.conversation} onOpen={onOpen} />}
    </aside>
  );
}

function Card({ profile, item }: { profile: CustomerProfile; item: ConversationItem }) {
  const { t } = useTranslation();
  const { customer } = profile;
  const facts: [string, string | null | undefined][] = [
    [t('profile.phone'), customer.phone],
    [t('profile.email'), customer.email],
    [t('profile.since'), dayKey(customer.created_at)],
  ];
  return (
    <section>
      <h2>{customerName(item, t)}</h2>
      <p className={styles.soft}>
        {t(customer.identified ? 'profile.verified' : 'profile.anonymous')} ·{' '}
        {t(`profile.segment_${customer.segment as Segment}`)}
      </p>
      <dl>{facts.map(([name, value]) => value && <Fact key={name} name={name} value={value} />)}</dl>
    </section>
  );
}

function Fact({ name, value }: { name: string; value: string }) {
  return (
    <div>
      <dt>{name}</dt>
      <dd>{value}</dd>
    </div>
  );
}

function Orders({ orders }: { orders: OrderCard[] | null }) {
  const { t } = useTranslation();
  if (!orders) return <Part title={t('profile.orders')}>{t('profile.ordersHidden')}</Part>;
  if (orders.length === 0) return <Part title={t('profile.orders')}>{t('profile.noOrders')}</Part>;
  return (
    <Part title={t('profile.orders')}>
      {orders.map((order) => (
        <article key={order.order_no} className={styles.order}>
          <span className={styles.spread}>
            <Typography.Text copyable={{ tooltips: [t('profile.copy'), t('profile.copied')] }}>
              {order.order_no}
            </Typography.Text>
            <b>{order.status}</b>
          </span>
          <span className={styles.items}>
            {order.items.map((item) => `${item.title} ×${item.quantity}`).join('、')}
          </span>
          <span className={styles.spread}>
            <small>{order.placed_at && dayAndTime(order.placed_at)}</small>
            <span>{order.amount}</span>
          </span>
          {order.logistics && (
            <small>
              {order.logistics.carrier} · {order.logistics.status}
              {order.logistics.latest && ` · ${order.logistics.latest}`}
            </small>
          )}
        </article>
      ))}
    </Part>
  );
}

function Past({ head, onOpen }: { head: Conversation; onOpen: (id: string) => void }) {
  const { t } = useTranslation();
  const { locale } = usePreferences();
  const past = useQuery({
    queryKey: ['past', head.customer_id],
    queryFn: () => api.conversations({ view: 'all', customer_id: head.customer_id, limit: 10 }),
  });
  const others = past.data?.items.filter((item) => item.conversation.id !== head.id) ?? [];
  return (
    <Part title={t('profile.past')}>
      {past.data && others.length === 0 && t('profile.noPast')}
      {others.map(({ conversation }) => (
        <button key={conversation.id} type="button" className={styles.past} onClick={() => onOpen(conversation.id)}>
          <span className={styles.spread}>
            <small>{dayAndTime(conversation.last_message_at)}</small>
            <small>{t(`state.${conversation.state}`)}</small>
          </span>
          <span className={styles.items}>
            {conversation.intent ? `${intentName(conversation.intent, locale)} · ` : ''}
            {conversation.preview}
          </span>
        </button>
      ))}
    </Part>
  );
}

function Part({ title, children }: { title: string; children: ReactNode }) {
  return (
    <section>
      <h3>{title}</h3>
      {children}
    </section>
  );
}
