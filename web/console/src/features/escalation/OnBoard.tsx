import '@/i18n/pages/escalation';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { Button, Skeleton } from 'antd';
import type { TFunction } from 'i18next';
import { type ReactNode, useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useNavigate } from 'react-router';
import { api, type Board } from '@/shared/api';
import { useNow } from '@/shared/clock';
import { ESCALATIONS, type Escalation, escalations, type ItemKind, isAsked } from '@/shared/escalations';
import { Failed } from '@/shared/Failed';
import { live } from '@/shared/live';
import { Level } from '@/shared/Meaning';
import { customerName } from '@/shared/names';
import { headKey } from '@/shared/queries';
import { reasonWords, share } from '@/shared/reasons';
import { type Risk, useRisks } from '@/shared/risks';
import { useMay, useMe } from '@/shared/session';
import { throttled } from '@/shared/throttle';
import { ticketKey, tickets } from '@/shared/tickets';
import { whyWords } from '@/shared/told';
import styles from './onBoard.module.css';
import { Quality } from './Quality';
import { standing, standingWords, stepWords } from './steps';
import { useConfirm } from './useEscalations';

const AT_MOST_EVERY = 5_000;
const AT_LEAST_EVERY = 20_000;
/** More are shown when they are asked for. */
const FIRST = 6;

function useOpen() {
  const queries = useQueryClient();
  const key = [ESCALATIONS, 'open'];
  useEffect(() => {
    const again = throttled(() => void queries.invalidateQueries({ queryKey: [ESCALATIONS, 'open'] }), AT_MOST_EVERY);
    const deaf = live.listen((frame) => {
      if (['conversation', 'activity', 'ticket', 'ready', 'resync'].includes(frame.type)) again.run();
    });
    return () => {
      deaf();
      again.stop();
    };
  }, [queries]);
  return useQuery({ queryKey: key, queryFn: escalations.open, staleTime: 0, refetchInterval: AT_LEAST_EVERY });
}

/** What has gone up, what may go wrong, and how good such warnings were: a part of the board. */
export default function OnBoard({ board }: { board: Board }) {
  const { t } = useTranslation();
  const seesReports = useMay('reports.read');
  const open = useOpen();
  const risks = useRisks();
  const names = namesOn(board, t);
  const flagged = [...(risks.data?.values() ?? [])];
  return (
    <section className={styles.part} aria-label={t('onBoard.title')}>
      <h2>{t('onBoard.title')}</h2>
      <div className={styles.columns}>
        <Column name={t('onBoard.open')} query={open} empty={t('onBoard.openEmpty')}>
          {open.data?.items.map((step) => (
            <Step key={step.id} step={step} known={names.get(step.conversation_id ?? '')} />
          ))}
        </Column>
        <Column name={t('onBoard.flagged')} query={risks} empty={t('onBoard.flaggedEmpty')}>
          {flagged.map((risk) => (
            <Flagged key={risk.id} risk={risk} known={names.get(risk.id)} />
          ))}
        </Column>
      </div>
      {seesReports && <Quality />}
    </section>
  );
}

interface ColumnProps {
  name: string;
  query: { isPending: boolean; error: Error | null; refetch: () => unknown };
  empty: string;
  children: ReactNode[] | undefined;
}

function Column({ name, query, empty, children = [] }: ColumnProps) {
  const { t } = useTranslation();
  const [all, setAll] = useState(false);
  const rest = children.length - FIRST;
  return (
    <div>
      <h3>
        {name} {children.length > 0 && children.length}
      </h3>
      {query.isPending && <Skeleton active title={false} paragraph={{ rows: 2 }} />}
      <Failed query={query} />
      {!query.isPending && !query.error && children.length === 0 && <p className={styles.soft}>{empty}</p>}
      <ul aria-label={name}>{all ? children : children.slice(0, FIRST)}</ul>
      {rest > 0 && !all && (
        <Button type="link" size="small" onClick={() => setAll(true)}>
          {t('onBoard.rest', { count: rest })}
        </Button>
      )}
    </div>
  );
}

interface LineProps {
  kind: ItemKind;
  id: string;
  known: string | undefined;
  marks: ReactNode;
  state: ReactNode;
  text: string;
  children?: ReactNode;
}

/** What it is called: by its customer, or by its number and title. */
function useName(kind: ItemKind, id: string, known: string | undefined): string {
  const { t } = useTranslation();
  const ticket = kind === 'ticket';
  const head = useQuery({
    queryKey: headKey(id),
    queryFn: () => api.conversation(id),
    enabled: known === undefined && !ticket,
  });
  const view = useQuery({ queryKey: ticketKey(id), queryFn: () => tickets.one(id), enabled: ticket });
  if (view.data) return `${view.data.ticket.number} ${view.data.ticket.title}`;
  return known ?? (head.data ? customerName(head.data, t) : '…');
}

/** A conversation or a ticket in one line; a click opens it. */
function Line({ kind, id, known, marks, state, text, children }: LineProps) {
  const navigate = useNavigate();
  const name = useName(kind, id, known);
  return (
    <li className={styles.line}>
      <button
        type="button"
        className={styles.open}
        onClick={() => navigate(kind === 'ticket' ? `/tickets/${id}` : `/inbox/${id}`)}
      >
        <span className={styles.head}>
          <b>{name}</b>
          {marks}
          {state}
        </span>
        <span className={styles.text} title={text}>
          {text}
        </span>
      </button>
      {children}
    </li>
  );
}

function Step({ step, known }: { step: Escalation; known: string | undefined }) {
  const { t } = useTranslation();
  const me = useMe();
  const now = useNow();
  const confirm = useConfirm();
  return (
    <Line
      kind={step.about_ticket_id ? 'ticket' : 'conversation'}
      id={step.about_ticket_id ?? step.conversation_id ?? ''}
      known={known}
      marks={<Level level={step.level} />}
      state={
        <span className={styles.state} data-standing={standing(step, now)}>
          {standingWords(step, now, t)}
        </span>
      }
      text={`${stepWords(step, t)} · ${whyWords(step, t)}`}
    >
      {!step.receipted_at && isAsked(step, me) && (
        <Button size="small" type="primary" loading={confirm.isPending} onClick={() => confirm.mutate(step.id)}>
          {t('escalation.confirm')}
        </Button>
      )}
    </Line>
  );
}

function Flagged({ risk, known }: { risk: Risk; known: string | undefined }) {
  const { t } = useTranslation();
  return (
    <Line
      kind={risk.kind}
      id={risk.id}
      known={known}
      marks={null}
      state={<span className={styles.state}>{t('risk.likely', { share: share(risk.probability) })}</span>}
      text={reasonWords(risk.reasons, t, risk.kind).join(t('canned.comma'))}
    />
  );
}

/** The customers of all conversations that the board lists anyway. */
function namesOn(board: Board, t: TFunction): Map<string, string> {
  const lines = [...board.waiting, ...board.agents.flatMap((agent) => agent.conversations)];
  return new Map(
    lines.map((line) => [
      line.conversation_id,
      customerName({ customer: { id: line.customer_id, name: line.customer_name ?? '' } }, t),
    ]),
  );
}
