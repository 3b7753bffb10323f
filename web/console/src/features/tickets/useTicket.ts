/** One ticket, open: what it is now, and what can be done with it. */
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { App } from 'antd';
import { useCallback, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Problem } from '@/shared/api';
import { useMe } from '@/shared/session';
import { TICKETS, type TicketChange, type TicketView, ticketKey, tickets } from '@/shared/tickets';

export interface Editing {
  view: TicketView;
  busy: boolean;
  /** Whether it was done; if not, the reader was told why. */
  change: (change: TicketChange, reason?: string) => Promise<boolean>;
  watch: (on: boolean) => Promise<boolean>;
  setWatchers: (staffIds: string[]) => Promise<boolean>;
  unlink: (linkId: string) => Promise<boolean>;
  /** Ask for it again, with its comments. */
  refresh: () => void;
}

export function useTicket(id: string) {
  const { t } = useTranslation();
  const { message } = App.useApp();
  const me = useMe().staff.id;
  const queries = useQueryClient();
  const [busy, setBusy] = useState(false);
  const asked = useQuery({ queryKey: ticketKey(id), queryFn: () => tickets.one(id), staleTime: 0 });
  const refresh = useCallback(() => void queries.invalidateQueries({ queryKey: [TICKETS] }), [queries]);

  const run = async (action: () => Promise<TicketView | unknown>): Promise<boolean> => {
    setBusy(true);
    try {
      const after = await action();
      if (isView(after)) queries.setQueryData(ticketKey(id), after);
      refresh();
      return true;
    } catch (problem) {
      const outdated = problem instanceof Problem && problem.code === 'ticket_outdated';
      void message.error(
        outdated ? t('tickets.conflict') : problem instanceof Error ? problem.message : String(problem),
      );
      if (outdated) await queries.invalidateQueries({ queryKey: [TICKETS] });
      return false;
    } finally {
      setBusy(false);
    }
  };
  const { data: view } = asked;
  const editing: Editing | null = view
    ? {
        view,
        busy,
        change: (change, reason) =>
          run(() => tickets.change(id, { ...change, version: view.ticket.version, reason: reason || null })),
        watch: (on) => run(() => (on ? tickets.watch(id) : tickets.unwatch(id))),
        setWatchers: (staffIds) => run(() => tickets.setWatchers(id, staffIds)),
        unlink: (linkId) => run(() => tickets.unlink(id, linkId)),
        refresh,
      }
    : null;
  return { asked, editing, watching: view?.ticket.watcher_ids.includes(me) ?? false };
}

const isView = (answer: unknown): answer is TicketView =>
  typeof answer === 'object' && answer !== null && 'ticket' in answer;
