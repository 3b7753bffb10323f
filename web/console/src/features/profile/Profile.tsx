import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useCallback } from 'react';
import { useTranslation } from 'react-i18next';
import { api } from '@/shared/api';
import { type Frame, useFrames } from '@/shared/live';
import { headKey } from '@/shared/queries';
import { Identity } from './Identity';
import { MoodLine } from './MoodLine';
import { Notes } from './Notes';
import { Orders } from './Orders';
import { Pending } from './Part';
import { Past } from './Past';
import { Promises } from './Promises';
import styles from './profile.module.css';
import { SkinPart } from './Skin';

/** Who the customer is, in one glance; the essential at the top. */
export default function Profile({ id, onOpen }: { id: string; onOpen: (id: string) => void }) {
  const { t } = useTranslation();
  const queries = useQueryClient();
  const head = useQuery({ queryKey: headKey(id), queryFn: () => api.conversation(id) });
  const profile = useQuery({ queryKey: ['profile', id], queryFn: () => api.profile(id) });
  const heard = useCallback(
    (frame: Frame) => {
      const moved = frame.type === 'conversation' && frame.conversation.conversation_id === id;
      if (moved) void queries.invalidateQueries({ queryKey: ['profile', id] }); // who has it in hand sees more
    },
    [id, queries],
  );
  useFrames(heard);
  const customerId = head.data?.conversation.customer_id;
  return (
    <aside className={styles.panel} aria-label={t('profile.label')}>
      <Pending of={profile} rows={6} />
      {profile.data && head.data && <Identity profile={profile.data} item={head.data} />}
      <MoodLine id={id} />
      {customerId && <Promises customerId={customerId} />}
      {profile.data && (
        <Orders conversationId={id} orders={profile.data.orders ?? null} mayReveal={profile.data.may_reveal} />
      )}
      {customerId && <Notes customerId={customerId} />}
      {profile.data && <SkinPart conversationId={id} profile={profile.data} />}
      {head.data && <Past head={head.data.conversation} onOpen={onOpen} />}
    </aside>
  );
}
