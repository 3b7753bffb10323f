import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { api, type Conversation, Problem } from '@/shared/api';
import { headKey } from '@/shared/queries';
import { useMay, useMe } from '@/shared/session';
import { Identity } from './Identity';
import { MoodLine } from './MoodLine';
import { Notes } from './Notes';
import { Orders } from './Orders';
import { Pending } from './Part';
import { Past } from './Past';
import { Privacy } from './Privacy';
import { Promises } from './Promises';
import styles from './profile.module.css';
import { SkinPart } from './Skin';
import { Tickets } from './Tickets';

interface Props {
  id: string;
  onOpen: (id: string) => void;
  onTicket: (id: string) => void;
}

/** Who the customer is, in one glance; the essential at the top. */
export default function Profile({ id, onOpen, onTicket }: Props) {
  const { t } = useTranslation();
  const head = useQuery({ queryKey: headKey(id), queryFn: () => api.conversation(id) });
  const profile = useQuery({ queryKey: ['profile', id], queryFn: () => api.profile(id) });
  const mayReveal = useMayReveal(head.data?.conversation);
  const mayErase = useMay('privacy.manage');
  const customerId = head.data?.conversation.customer_id;
  if (head.error instanceof Problem && head.error.status === 404) return null; // the thread says so
  return (
    <aside className={styles.panel} aria-label={t('profile.label')}>
      <Pending of={profile} rows={6} />
      {profile.data && head.data && <Identity profile={profile.data} item={head.data} mayReveal={mayReveal} />}
      <MoodLine id={id} />
      <Tickets conversationId={id} onOpen={onTicket} />
      {customerId && <Promises customerId={customerId} />}
      {profile.data && <Orders conversationId={id} orders={profile.data.orders ?? null} mayReveal={mayReveal} />}
      {customerId && <Notes customerId={customerId} />}
      {profile.data && <SkinPart conversationId={id} profile={profile.data} />}
      {customerId && mayErase && <Privacy customerId={customerId} />}
      {head.data && <Past head={head.data.conversation} onOpen={onOpen} />}
    </aside>
  );
}

/** Whether to offer what the server grants: to who looks after personal data, and to who has the customer in hand. */
function useMayReveal(head: Conversation | undefined): boolean {
  const me = useMe().staff.id;
  const looksAfter = useMay('customers.read_personal');
  const inHand = head?.assignee_id === me && (head.state === 'open' || head.state === 'snoozed');
  return looksAfter || inHand;
}
