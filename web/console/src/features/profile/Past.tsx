import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { api, type Conversation } from '@/shared/api';
import { intentName } from '@/shared/intents';
import { usePreferences } from '@/shared/preferences';
import { dayAndTime } from '@/shared/time';
import { Part, Pending } from './Part';
import styles from './profile.module.css';

type KnownEmotion = 'calm' | 'confused' | 'anxious' | 'disappointed' | 'angry';

/** Earlier conversations of this customer, as far as the reader may see them. */
export function Past({ head, onOpen }: { head: Conversation; onOpen: (id: string) => void }) {
  const { t } = useTranslation();
  const { locale } = usePreferences();
  const past = useQuery({
    queryKey: ['past', head.customer_id],
    queryFn: () => api.conversations({ view: 'all', customer_id: head.customer_id, limit: 20 }),
  });
  const others = past.data?.items.filter((item) => item.conversation.id !== head.id) ?? [];
  return (
    <Part id="past" title={t('profile.past')} extra={<small>{others.length || ''}</small>}>
      <Pending of={past} />
      {past.data && others.length === 0 && <p className={styles.soft}>{t('profile.noPast')}</p>}
      {others.map(({ conversation }) => (
        <button key={conversation.id} type="button" className={styles.past} onClick={() => onOpen(conversation.id)}>
          <span className={styles.spread}>
            <span className={styles.topic}>
              <i
                className={styles.dot}
                role="img"
                data-emotion={conversation.emotion ?? 'calm'}
                aria-label={t(`emotion.${(conversation.emotion ?? 'calm') as KnownEmotion}`)}
              />
              {conversation.intent ? intentName(conversation.intent, locale) : dayAndTime(conversation.created_at)}
            </span>
            <small>{t(`state.${conversation.state}`)}</small>
          </span>
          <span className={styles.items}>{conversation.preview}</span>
          <span className={styles.spread}>
            <small>{dayAndTime(conversation.last_message_at)}</small>
            <small>{conversation.assignee_name}</small>
          </span>
        </button>
      ))}
    </Part>
  );
}
