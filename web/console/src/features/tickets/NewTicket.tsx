import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { Alert, App, Checkbox, Input, Modal, Select, Spin } from 'antd';
import { type ReactNode, useId, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import '@/i18n/pages/tickets';
import { api, type Conversation, type Message } from '@/shared/api';
import { TICKETS, type TicketKind, tickets } from '@/shared/tickets';
import { FieldInput } from './FieldInput';
import { filledIn, type Values } from './fields';
import { LEVELS } from './filters';
import styles from './new.module.css';
import { useKnown } from './useKnown';

/** Where a ticket comes from. */
export interface Origin {
  conversation: Conversation;
  message?: Message;
}

interface Props {
  origin?: Origin;
  parent?: { id: string; title: string };
  onCreated: (id: string, number: string) => void;
  onClose: () => void;
}

const LONGEST_TITLE = 120;

/** A new ticket: empty, from a message, or under another one. */
export default function NewTicket({ origin, parent, onCreated, onClose }: Props) {
  const { t } = useTranslation();
  const { message } = App.useApp();
  const queries = useQueryClient();
  const known = useKnown();
  const form = useId();
  const [kindId, setKindId] = useState<string>();
  const kind = known.kinds.find(({ id }) => id === kindId) ?? known.kinds[0];
  const [template, setTemplate] = useState<string | null>(null);
  const [title, setTitle] = useState('');
  const [description, setDescription] = useState('');
  const [level, setLevel] = useState<number | null>(null);
  const [department, setDepartment] = useState<string | null>(null);
  const [order, setOrder] = useState<string | null>(null);
  const [values, setValues] = useState<Values>({});
  const [announce, setAnnounce] = useState(true);
  const [tried, setTried] = useState(false);
  const attempt = useRef(crypto.randomUUID()); // a retry opens no second ticket
  const orders = useOrders(origin?.conversation);
  const told = kind?.states[0]?.customer_text
    ?.replaceAll('{number}', t('tickets.itsNumber'))
    .replaceAll('{kind}', kind.name);
  const proposed = Boolean(origin?.message || template); // the server writes what is left empty
  const create = useMutation({
    mutationFn: (kind: TicketKind) =>
      tickets.create({
        kind: kind.code,
        template,
        title: title.trim(),
        description: description.trim(),
        level,
        department_id: department,
        fields: filledIn(kind.fields, values),
        parent_id: parent?.id,
        conversation_id: origin?.conversation.id,
        seq: origin?.message?.seq,
        order: order ? { shop: origin?.conversation.shop ?? '', order_no: order } : null,
        announce,
        client_id: attempt.current,
      }),
    onSuccess: ({ ticket: made }) => {
      void queries.invalidateQueries({ queryKey: [TICKETS] });
      void message.success(t('tickets.created', { number: made.number }));
      onCreated(made.id, made.number);
    },
  });
  const begin = (name: string | undefined) => {
    const chosen = kind?.templates.find((one) => one.name === name);
    setTemplate(name ?? null);
    if (!chosen) return;
    setTitle(chosen.title);
    setDescription(chosen.description ?? '');
    setLevel(chosen.level ?? null);
    setValues({ ...values, ...chosen.fields });
  };
  const submit = () => {
    setTried(true);
    if (kind && (title.trim() || proposed) && !create.isPending) create.mutate(kind);
  };
  const row = (name: string, label: string, field: ReactNode, required = false) => (
    <div className={styles.row} key={name}>
      <label htmlFor={`${form}-${name}`}>
        {label}
        {required && <em title={t('tickets.required')}> *</em>}
      </label>
      {field}
    </div>
  );
  return (
    <Modal
      open
      title={t(parent ? 'tickets.addSub' : origin?.message ? 'tickets.newFrom' : 'tickets.new')}
      onCancel={onClose}
      onOk={submit}
      okText={t('tickets.create')}
      cancelText={t('app.cancel')}
      confirmLoading={create.isPending}
      width={640}
    >
      {known.pending && <Spin />}
      <form
        className={styles.form}
        onSubmit={(event) => {
          event.preventDefault();
          submit();
        }}
      >
        {origin?.message && <Source message={origin.message} />}
        {row(
          'kind',
          t('tickets.kind'),
          <Select
            id={`${form}-kind`}
            value={kind?.id}
            onChange={(id: string) => {
              setKindId(id);
              setTemplate(null);
              setTried(false);
            }}
            options={known.kinds.map(({ id, name }) => ({ value: id, label: name }))}
          />,
        )}
        {kind &&
          kind.templates.length > 0 &&
          row(
            'template',
            t('tickets.template'),
            <Select
              key={kind.id}
              id={`${form}-template`}
              onChange={begin}
              allowClear
              placeholder={t('tickets.noTemplate')}
              options={kind.templates.map(({ name }) => ({ value: name, label: name }))}
            />,
          )}
        {row(
          'title',
          t('tickets.ticketTitle'),
          <Input
            id={`${form}-title`}
            autoFocus
            value={title}
            maxLength={LONGEST_TITLE}
            status={tried && !title.trim() && !proposed ? 'error' : undefined}
            placeholder={proposed ? t('tickets.proposedTitle') : tried ? t('tickets.titleMissing') : undefined}
            aria-invalid={tried && !title.trim() && !proposed}
            onChange={(event) => setTitle(event.target.value)}
          />,
          !proposed,
        )}
        {row(
          'description',
          t('tickets.description'),
          <Input.TextArea
            id={`${form}-description`}
            value={description}
            maxLength={8000}
            placeholder={origin?.message ? t('tickets.proposedDescription') : undefined}
            autoSize={{ minRows: 3, maxRows: 10 }}
            onChange={(event) => setDescription(event.target.value)}
          />,
        )}
        <div className={styles.pair}>
          {row(
            'level',
            t('tickets.level'),
            <Select
              id={`${form}-level`}
              value={level ?? kind?.level}
              onChange={setLevel}
              options={LEVELS.map((value) => ({ value: value as number, label: t(`levelLong.${value}`) }))}
            />,
          )}
          {row(
            'department',
            t('tickets.department'),
            <Select
              id={`${form}-department`}
              value={department}
              onChange={(id: string | undefined) => setDepartment(id ?? null)}
              allowClear
              placeholder={t('tickets.defaultDepartment', { name: known.department(kind?.department_id) })}
              options={known.departments.map(({ id, name }) => ({ value: id, label: name }))}
            />,
          )}
        </div>
        {orders.length > 0 &&
          row(
            'order',
            t('tickets.order'),
            <Select
              id={`${form}-order`}
              value={order}
              onChange={(no: string | undefined) => setOrder(no ?? null)}
              allowClear
              placeholder={t('tickets.noOrder')}
              options={orders.map(({ order_no, what }) => ({ value: order_no, label: `${order_no} · ${what}` }))}
            />,
          )}
        {kind && kind.fields.length > 0 && (
          <div className={styles.fields}>
            {kind.fields.map((field) =>
              row(
                `field-${field.code}`,
                field.name,
                <FieldInput
                  id={`${form}-field-${field.code}`}
                  field={field}
                  value={values[field.code]}
                  onChange={(value) => setValues({ ...values, [field.code]: value })}
                />,
              ),
            )}
          </div>
        )}
        {origin && told && (
          <Checkbox checked={announce} onChange={(event) => setAnnounce(event.target.checked)}>
            {t('tickets.announce')}
            <small className={styles.told}>{told}</small>
          </Checkbox>
        )}
        {create.error && <Alert type="error" showIcon role="alert" title={create.error.message} />}
        <input type="submit" hidden />
      </form>
    </Modal>
  );
}

/** What was said, and that the ticket keeps the way back to it. */
function Source({ message: { content } }: { message: Message }) {
  const { t } = useTranslation();
  return (
    <blockquote className={styles.source}>
      {'text' in content && <p>{content.text}</p>}
      <small>{t('tickets.fromMessage')}</small>
    </blockquote>
  );
}

interface OrderChoice {
  order_no: string;
  what: string;
}

const NONE: OrderChoice[] = [];

/** The customer's latest orders, of which the ticket may be about one. */
function useOrders(conversation: Conversation | undefined): OrderChoice[] {
  const profile = useQuery({
    queryKey: ['profile', conversation?.id],
    queryFn: () => api.profile(conversation?.id ?? ''),
    enabled: conversation !== undefined,
  });
  const orders = profile.data?.orders;
  if (!orders) return NONE;
  return orders.map(({ order_no, lines }) => ({ order_no, what: lines.map(({ title }) => title).join('、') }));
}
