import { useQueryClient } from '@tanstack/react-query';
import { App, Empty, Skeleton } from 'antd';
import { lazy, Suspense, useCallback, useMemo, useState, useSyncExternalStore } from 'react';
import { useTranslation } from 'react-i18next';
import { useLocation, useNavigate, useParams } from 'react-router';
import { useWanted } from '@/features/inbox/filters';
import { InboxList } from '@/features/inbox/InboxList';
import { useInbox } from '@/features/inbox/useInbox';
import { Thread } from '@/features/thread/Thread';
import type { ConversationItem, Message } from '@/shared/api';
import { prefer, usePreferences } from '@/shared/preferences';
import { COUNTS, headKey } from '@/shared/queries';
import { type Risk, RisksContext, useRisks } from '@/shared/risks';
import { useMay } from '@/shared/session';
import { useShortcuts } from '@/shared/shortcuts';
import styles from './workspace.module.css';

const Profile = lazy(() => import('@/features/profile/Profile'));
const WrapUpDialog = lazy(() => import('@/features/wrapup/WrapUpDialog'));
const RecordDialog = lazy(() => import('@/features/wrapup/RecordDialog'));
const PromiseDialog = lazy(() => import('@/features/wrapup/PromiseDialog'));
const NewTicket = lazy(() => import('@/features/tickets/NewTicket'));
const Banner = lazy(() => import('@/features/escalation/Banner'));
const AskDialog = lazy(() => import('@/features/escalation/AskDialog'));
const TicketDrawer = lazy(() => import('@/features/tickets/TicketDrawer'));

const NO_RISKS: ReadonlyMap<string, Risk> = new Map();

const narrow = window.matchMedia('(max-width: 1199px)');
const observeWidth = (observer: () => void) => {
  narrow.addEventListener('change', observer);
  return () => narrow.removeEventListener('change', observer);
};

/** Beside the thread as somebody likes it; over it, where there is no room, only when asked for. */
function usePanel() {
  const isNarrow = useSyncExternalStore(observeWidth, () => narrow.matches);
  const { profileOpen } = usePreferences();
  const [over, setOver] = useState(false);
  const open = isNarrow ? over : profileOpen;
  const toggle = () => (isNarrow ? setOver(!over) : prefer({ profileOpen: !profileOpen }));
  return { open, toggle };
}

/** Where customers are served: the list, the open conversation, and who the customer is. */
export function Workspace() {
  const { t } = useTranslation();
  const { conversationId } = useParams();
  const { search } = useLocation();
  const navigate = useNavigate();
  const [wanted, setWanted] = useWanted();
  const inbox = useInbox(wanted);
  const risks = useRisks().data ?? NO_RISKS;
  const panel = usePanel();
  const seesCustomers = useMay('customers.read');
  const panelShown = Boolean(conversationId) && seesCustomers && panel.open;

  const { items } = inbox;
  const queries = useQueryClient();
  const { message } = App.useApp();
  const open = useCallback(
    (id: string) => {
      const known = items.find((item) => item.conversation.id === id);
      if (known) queries.setQueryData(headKey(id), known); // the list is kept right: nothing to wait for
      navigate(`/inbox/${id}${search}`);
    },
    [items, queries, navigate, search],
  );
  const step = useCallback(
    (by: 1 | -1) => {
      const at = items.findIndex((item) => item.conversation.id === conversationId);
      const next = items[at === -1 ? 0 : at + by];
      if (next) open(next.conversation.id);
    },
    [items, conversationId, open],
  );
  useShortcuts(useMemo(() => ({ KeyJ: () => step(1), KeyK: () => step(-1) }), [step]));

  /** After the one that was resolved comes the one below it, else the one above. */
  const goOn = useCallback(() => {
    const at = items.findIndex((item) => item.conversation.id === conversationId);
    const next = items[at + 1] ?? items[at - 1];
    if (next && next.conversation.id !== conversationId) open(next.conversation.id);
    else navigate(`/inbox${search}`);
  }, [items, conversationId, open, navigate, search]);

  const [asked, setAsked] = useState<Asked | null>(null);
  const [ticketOf, setTicketOf] = useState<{ item: ConversationItem; message?: Message } | null>(null);
  const [ticketId, setTicketId] = useState<string | null>(null);
  const dialogs = useMemo(
    () => ({
      resolve: (item: ConversationItem) => setAsked({ what: 'resolve', item }),
      record: (item: ConversationItem) => setAsked({ what: 'record', item }),
      promise: (item: ConversationItem) => setAsked({ what: 'promise', item }),
      ticket: (item: ConversationItem, message?: Message) => setTicketOf({ item, message }),
      escalate: (item: ConversationItem) => setAsked({ what: 'escalate', item }),
    }),
    [],
  );
  const resolved = (item: ConversationItem) => {
    setAsked(null);
    inbox.show(item);
    void queries.invalidateQueries({ queryKey: COUNTS });
    void message.success(t('work.resolved'));
    if (item.conversation.id === conversationId) goOn();
  };
  const moveTo = useCallback((id: string) => navigate(`/inbox/${id}${search}`, { replace: true }), [navigate, search]);

  return (
    <RisksContext value={risks}>
      <div className={styles.workspace} data-panel={panelShown}>
        <InboxList wanted={wanted} onWanted={setWanted} inbox={inbox} selected={conversationId} onOpen={open} />
        <main className={styles.thread}>
          {conversationId ? (
            <Thread
              key={conversationId}
              id={conversationId}
              onChanged={inbox.show}
              onGone={goOn}
              onMoved={moveTo}
              dialogs={dialogs}
              panel={panel}
              banner={
                <Suspense>
                  <Banner id={conversationId} />
                </Suspense>
              }
            />
          ) : (
            <Empty className={styles.nothing} image={Empty.PRESENTED_IMAGE_SIMPLE} description={t('thread.none')}>
              <small>{t('thread.noneHint')}</small>
            </Empty>
          )}
        </main>
        {panelShown && conversationId && (
          <>
            <button type="button" className={styles.scrim} aria-label={t('app.cancel')} onClick={panel.toggle} />
            <div className={styles.panel}>
              <Suspense fallback={<Skeleton active className={styles.coming} />}>
                <Profile key={conversationId} id={conversationId} onOpen={open} onTicket={setTicketId} />
              </Suspense>
            </div>
          </>
        )}
        <Suspense>
          {asked && (
            <Dialog key={asked.item.conversation.id} {...asked} onResolved={resolved} onClose={() => setAsked(null)} />
          )}
          {ticketOf && (
            <NewTicket
              origin={{ conversation: ticketOf.item.conversation, message: ticketOf.message }}
              onClose={() => setTicketOf(null)}
              onCreated={() => setTicketOf(null)}
            />
          )}
          {ticketId && (
            <TicketDrawer
              id={ticketId}
              onOpen={setTicketId}
              onClose={() => setTicketId(null)}
              banner={<Banner id={ticketId} kind="ticket" />}
            />
          )}
        </Suspense>
      </div>
    </RisksContext>
  );
}

/** What somebody wants to write down about a conversation. */
interface Asked {
  what: 'resolve' | 'record' | 'promise' | 'escalate';
  item: ConversationItem;
}

function Dialog({
  what,
  item,
  onResolved,
  onClose,
}: Asked & { onResolved: (item: ConversationItem) => void; onClose: () => void }) {
  if (what === 'resolve') return <WrapUpDialog item={item} onResolved={onResolved} onClose={onClose} />;
  if (what === 'escalate') return <AskDialog id={item.conversation.id} onClose={onClose} />;
  return what === 'record' ? (
    <RecordDialog item={item} onClose={onClose} />
  ) : (
    <PromiseDialog item={item} onClose={onClose} />
  );
}
