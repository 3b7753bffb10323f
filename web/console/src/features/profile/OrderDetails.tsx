import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { App } from 'antd';
import { type ReactNode, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Adder } from '@/shared/Adder';
import { api, type OrderDetail } from '@/shared/api';
import { useMay } from '@/shared/session';
import { dayAndTime } from '@/shared/time';
import { yuan } from './figures';
import { Masked } from './Masked';
import { Pending } from './Part';
import styles from './profile.module.css';

interface Props {
  conversationId: string;
  orderNo: string;
  mayReveal: boolean;
}

/** All that hangs on one order. */
export default function OrderDetails({ conversationId, orderNo, mayReveal }: Props) {
  const key = ['order', conversationId, orderNo];
  const asked = useQuery({ queryKey: key, queryFn: () => api.order(conversationId, orderNo) });
  if (!asked.data) return <Pending of={asked} rows={4} />;
  const detail = asked.data;
  return (
    <div className={styles.details}>
      <Lines detail={detail} />
      <Receiver conversationId={conversationId} detail={detail} may={mayReveal} />
      <Parcels detail={detail} />
      <AfterSale detail={detail} />
      <Remarks conversationId={conversationId} detail={detail} queryKey={key} />
    </div>
  );
}

function Fact({ name, children }: { name: string; children: ReactNode }) {
  return (
    <div>
      <dt>{name}</dt>
      <dd>{children}</dd>
    </div>
  );
}

function Lines({ detail }: { detail: OrderDetail }) {
  const { t } = useTranslation();
  const { order } = detail;
  return (
    <>
      <ul className={styles.lines}>
        {order.lines.map((line) => (
          <li key={`${line.title} ${line.variant}`}>
            <span>
              {line.title} {line.variant} ×{line.quantity}
            </span>
            <span>{line.gift ? t('order.gift') : yuan(line.amount_cents)}</span>
          </li>
        ))}
      </ul>
      <dl>
        <Fact name={t('order.goods')}>{yuan(detail.goods_cents)}</Fact>
        {detail.discount_cents > 0 && <Fact name={t('order.discount')}>-{yuan(detail.discount_cents)}</Fact>}
        {detail.freight_cents > 0 && <Fact name={t('order.freight')}>{yuan(detail.freight_cents)}</Fact>}
        {detail.paid_at && (
          <Fact name={t('order.paid')}>
            {yuan(order.total_cents)} · {detail.pay_method} · {dayAndTime(detail.paid_at)}
          </Fact>
        )}
        {detail.cancel_reason && <Fact name={t('order.cancelled')}>{detail.cancel_reason}</Fact>}
      </dl>
    </>
  );
}

function Receiver({ conversationId, detail, may }: { conversationId: string; detail: OrderDetail; may: boolean }) {
  const { t } = useTranslation();
  return (
    <dl aria-label={t('order.receiver')}>
      {(['name', 'phone', 'address'] as const).map((field) => (
        <Fact key={field} name={field === 'name' ? t('order.receiver') : t(`profile.${field}`)}>
          <Masked
            field={`${t('order.receiver')} ${t(`profile.${field}`)}`}
            masked={detail.receiver[field]}
            may={may}
            reveal={(reason) => api.revealReceiver(conversationId, detail.order.order_no, field, reason)}
          />
        </Fact>
      ))}
    </dl>
  );
}

function Parcels({ detail }: { detail: OrderDetail }) {
  const { t } = useTranslation();
  const [whole, setWhole] = useState(false);
  return detail.parcels.map((parcel) => (
    <div key={parcel.tracking_no} className={styles.block}>
      <b>
        {t(`order.purpose_${parcel.purpose}`)} · {t(`order.parcel_${parcel.state}`)}
      </b>
      <small>
        {parcel.carrier} {parcel.tracking_no}
        {parcel.state !== 'delivered' && ` · ${t('order.expected', { day: parcel.expected_on })}`}
      </small>
      <ol className={styles.trace}>
        {(whole ? parcel.trace : parcel.trace.slice(0, 2)).map((event) => (
          <li key={`${event.at} ${event.text}`}>
            <small>{dayAndTime(event.at)}</small> {event.text}
          </li>
        ))}
      </ol>
      {!whole && parcel.trace.length > 2 && (
        <button type="button" className={styles.link} onClick={() => setWhole(true)}>
          {t('order.more')}
        </button>
      )}
    </div>
  ));
}

function AfterSale({ detail }: { detail: OrderDetail }) {
  const { t } = useTranslation();
  const { invoice } = detail;
  return (
    <>
      {detail.cases.map((one) => (
        <div key={one.case_no} className={styles.block}>
          <b>
            {t(`order.kind_${one.kind}`)} · {t(`order.case_${one.state}`)}
          </b>
          <small>
            {one.case_no} · {one.reason}
            {one.refund_cents > 0 && ` · ${yuan(one.refund_cents)}`}
          </small>
          <span>{one.latest}</span>
          {one.send_back_by && <small>{t('order.sendBack', { time: dayAndTime(one.send_back_by) })}</small>}
        </div>
      ))}
      {detail.refunds.map((refund) => (
        <div key={refund.refund_no} className={styles.block}>
          <b>
            {t('order.refunds')} · {t(`order.refund_${refund.state}`)} · {yuan(refund.amount_cents)}
          </b>
          <small>
            {refund.method} ·{' '}
            {refund.completed_at
              ? t('order.refundDone', { time: dayAndTime(refund.completed_at) })
              : t('order.refundBy', { time: dayAndTime(refund.expected_by) })}
          </small>
        </div>
      ))}
      <dl>
        <Fact name={t('order.invoice')}>
          {invoice
            ? `${t(`order.invoice_${invoice.state}`)} · ${invoice.title} · ${yuan(invoice.amount_cents)}`
            : t('order.noInvoice')}
        </Fact>
      </dl>
      {detail.returnable_until && Date.parse(detail.returnable_until) > Date.now() && (
        <small>{t('order.returnable', { time: dayAndTime(detail.returnable_until) })}</small>
      )}
    </>
  );
}

function Remarks({
  conversationId,
  detail,
  queryKey,
}: {
  conversationId: string;
  detail: OrderDetail;
  queryKey: string[];
}) {
  const { t } = useTranslation();
  const { message } = App.useApp();
  const queries = useQueryClient();
  const mayChange = useMay('orders.change');
  const [text, setText] = useState('');
  const attempt = useRef(crypto.randomUUID()); // stays until the remark is known to be there: a retry adds no second
  const add = useMutation({
    mutationFn: () => api.remark(conversationId, detail.order.order_no, text.trim(), attempt.current),
    onSuccess: (changed) => {
      queries.setQueryData(queryKey, changed);
      attempt.current = crypto.randomUUID();
      setText('');
      void message.success(t('order.remarked'));
    },
    onError: (problem) => void message.error(problem.message),
  });
  return (
    <>
      <dl>
        {detail.buyer_remark && <Fact name={t('order.buyerRemark')}>{detail.buyer_remark}</Fact>}
        {detail.seller_remark && (
          <Fact name={t('order.sellerRemark')}>
            <span className={styles.verbatim}>{detail.seller_remark}</span>
          </Fact>
        )}
      </dl>
      {mayChange && detail.takes_remarks && (
        <Adder
          hint={t('order.remarkHint')}
          label={t('order.remark')}
          text={text}
          onText={setText}
          longest={200}
          busy={add.isPending}
          onAdd={() => add.mutate()}
        />
      )}
      {mayChange && !detail.takes_remarks && <small>{t('order.closed')}</small>}
    </>
  );
}
