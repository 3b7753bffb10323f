import { CloseOutlined, LinkOutlined, MessageOutlined, ShoppingOutlined } from '@ant-design/icons';
import { useMutation, useQuery } from '@tanstack/react-query';
import { Alert, Button, Input, Popover, Segmented, Select } from 'antd';
import { type ReactNode, useId, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { api } from '@/shared/api';
import { type NewLink, tickets } from '@/shared/tickets';
import styles from './detail.module.css';
import { Part } from './Part';
import { Related } from './Related';
import { TicketPicker } from './TicketPicker';
import type { Editing } from './useTicket';

interface Props {
  editing: Editing;
  onOpen: (id: string) => void;
}

/** What a ticket is about: conversations, orders, other tickets. */
export function Links({ editing, onOpen }: Props) {
  const { t } = useTranslation();
  const { conversations, orders, related, may_change } = editing.view;
  const none = conversations.length + orders.length + related.length === 0;
  return (
    <Part title={t('tickets.links')} extra={may_change && <AddLink editing={editing} />}>
      {none && <p className={styles.soft}>{t('tickets.noLinks')}</p>}
      <ul className={styles.links}>
        {conversations.map(({ link_id, conversation_id, seq, readable }) => (
          <Line
            key={link_id}
            linkId={link_id}
            name={t(seq === null ? 'tickets.link_conversation' : 'tickets.link_message')}
            editing={editing}
          >
            <MessageOutlined aria-hidden />
            {readable ? (
              <Link to={`/inbox/${conversation_id}?view=all`}>{t('tickets.openConversation')}</Link>
            ) : (
              <span>{t('tickets.conversationHidden')}</span>
            )}
          </Line>
        ))}
        {orders.map(({ link_id, shop, order_no }) => (
          <Line key={link_id} linkId={link_id} name={order_no} editing={editing}>
            <ShoppingOutlined aria-hidden />
            <Order shop={shop} orderNo={order_no} />
          </Line>
        ))}
        {related.map(({ link_id, relation, ticket }) => (
          <Line key={link_id} linkId={link_id} name={ticket.number} editing={editing}>
            <small>{t(`tickets.relation_${relation}`)}</small>
            <Related ticket={ticket} onOpen={onOpen} />
          </Line>
        ))}
      </ul>
    </Part>
  );
}

interface LineProps {
  linkId: string;
  name: string;
  editing: Editing;
  children: ReactNode;
}

function Line({ linkId, name, editing, children }: LineProps) {
  const { t } = useTranslation();
  return (
    <li>
      <span className={styles.link}>{children}</span>
      {editing.view.may_change && (
        <Button
          type="text"
          size="small"
          icon={<CloseOutlined aria-hidden />}
          aria-label={t('tickets.unlink', { name })}
          disabled={editing.busy}
          onClick={() => void editing.unlink(linkId)}
        />
      )}
    </li>
  );
}

function Order({ shop, orderNo }: { shop: string; orderNo: string }) {
  const { t } = useTranslation();
  const shops = useQuery({ queryKey: ['shops'], queryFn: api.shops });
  const name = shops.data?.find((one) => one.shop === shop)?.name ?? shop;
  return (
    <span>
      {t('tickets.link_order')} <b className={styles.orderNo}>{orderNo}</b> <small>{name}</small>
    </span>
  );
}

const RELATIONS = ['relates', 'blocks', 'duplicates'] as const;

function AddLink({ editing }: { editing: Editing }) {
  const { t } = useTranslation();
  const [open, setOpen] = useState(false);
  return (
    <Popover
      trigger="click"
      placement="bottomRight"
      open={open}
      onOpenChange={setOpen}
      destroyOnHidden
      content={<LinkForm editing={editing} onDone={() => setOpen(false)} />}
    >
      <Button size="small" type="text" icon={<LinkOutlined aria-hidden />}>
        {t('tickets.addLink')}
      </Button>
    </Popover>
  );
}

function LinkForm({ editing, onDone }: { editing: Editing; onDone: () => void }) {
  const { t } = useTranslation();
  const form = useId();
  const [what, setWhat] = useState<'ticket' | 'order'>('ticket');
  const [orderNo, setOrderNo] = useState('');
  const [other, setOther] = useState<string | null>(null);
  const [relation, setRelation] = useState<(typeof RELATIONS)[number]>('relates');
  const [shop, setShop] = useState<string>();
  const shops = useQuery({ queryKey: ['shops'], queryFn: api.shops });
  const chosenShop = shop ?? shops.data?.[0]?.shop;
  const { id } = editing.view.ticket;
  const ready = what === 'ticket' ? other !== null : orderNo.trim() !== '' && chosenShop !== undefined;
  const add = useMutation({
    mutationFn: async () => {
      const link: NewLink =
        what === 'ticket'
          ? { ticket_id: other, relation }
          : { order: { shop: chosenShop ?? '', order_no: orderNo.trim() } };
      await tickets.link(id, link);
    },
    onSuccess: () => {
      editing.refresh();
      onDone();
    },
  });
  return (
    <form
      className={styles.linkForm}
      onSubmit={(event) => {
        event.preventDefault();
        if (ready && !add.isPending) add.mutate();
      }}
    >
      <Segmented
        block
        value={what}
        onChange={setWhat}
        aria-label={t('tickets.linkWhat')}
        options={(['ticket', 'order'] as const).map((value) => ({ value, label: t(`tickets.link_${value}`) }))}
      />
      {what === 'ticket' ? (
        <label htmlFor={`${form}-relation`}>
          {t('tickets.relation')}
          <Select
            id={`${form}-relation`}
            value={relation}
            onChange={setRelation}
            options={RELATIONS.map((value) => ({ value, label: t(`tickets.relation_${value}`) }))}
          />
        </label>
      ) : (
        <label htmlFor={`${form}-shop`}>
          {t('tickets.shop')}
          <Select
            id={`${form}-shop`}
            value={chosenShop}
            onChange={setShop}
            options={shops.data?.map((one) => ({ value: one.shop, label: one.name }))}
          />
        </label>
      )}
      <label htmlFor={`${form}-number`}>
        {t(what === 'ticket' ? 'tickets.linkNumber' : 'tickets.linkOrder')}
        {what === 'ticket' ? (
          <TicketPicker id={`${form}-number`} without={id} value={other} onChange={setOther} />
        ) : (
          <Input
            id={`${form}-number`}
            value={orderNo}
            maxLength={60}
            onChange={(event) => setOrderNo(event.target.value)}
          />
        )}
      </label>
      {add.error && <Alert type="error" role="alert" title={add.error.message} />}
      <Button type="primary" htmlType="submit" loading={add.isPending} disabled={!ready}>
        {t('tickets.add_')}
      </Button>
    </form>
  );
}
