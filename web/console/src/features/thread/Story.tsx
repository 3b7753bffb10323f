import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { HandOff } from '@/shared/api';
import { intentName } from '@/shared/intents';
import { Emotion } from '@/shared/Meaning';
import { usePreferences } from '@/shared/preferences';
import styles from './thread.module.css';

type Slot = 'order_no';

/** What the assistant tells whoever takes over, so that nobody asks the customer twice. */
export function Story({ story }: { story: HandOff }) {
  const { t } = useTranslation();
  const { locale } = usePreferences();
  const [open, setOpen] = useState(true);
  const slots = Object.entries(story.slots ?? {});
  const tried = story.tried ?? [];
  return (
    <aside className={styles.story} aria-label={t('story.title')}>
      <header>
        <b>{t('story.title')}</b>
        <span className={styles.reason}>{t(`story.${story.reason}`)}</span>
        {story.intent && <span>{intentName(story.intent, locale)}</span>}
        <Emotion emotion={story.emotion} />
        <span className={styles.fill} />
        <button type="button" className={styles.hide} aria-expanded={open} onClick={() => setOpen(!open)}>
          {t(open ? 'story.hide' : 'story.show')}
        </button>
      </header>
      {open && (
        <>
          <p>{story.summary}</p>
          {(slots.length > 0 || tried.length > 0) && (
            <dl>
              {slots.map(([name, value]) => (
                <div key={name}>
                  <dt>{t(`slot.${name as Slot}`, { defaultValue: name })}</dt>
                  <dd>{value}</dd>
                </div>
              ))}
              {tried.length > 0 && (
                <div>
                  <dt>{t('story.tried')}</dt>
                  <dd>{tried.join(' · ')}</dd>
                </div>
              )}
            </dl>
          )}
        </>
      )}
    </aside>
  );
}
