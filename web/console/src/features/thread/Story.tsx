import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Grounds, HandOff } from '@/shared/api';
import { intentName } from '@/shared/intents';
import { Emotion } from '@/shared/Meaning';
import { usePreferences } from '@/shared/preferences';
import { summaryOf } from './summary';
import styles from './thread.module.css';

type Slot = 'order_no';

/** What the assistant tells whoever takes over, so that nobody asks the customer twice. */
export function Story({ story }: { story: HandOff }) {
  const { t } = useTranslation();
  const { locale } = usePreferences();
  const [open, setOpen] = useState(true);
  const slots = Object.entries(story.slots ?? {});
  const { tried = [], tried_en = [] } = story;
  const done = locale === 'en' && tried_en.length > 0 ? tried_en : tried;
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
          <p>{summaryOf(story, locale)}</p>
          {story.grounds && <Why grounds={story.grounds} />}
          {(slots.length > 0 || done.length > 0) && (
            <dl>
              {slots.map(([name, value]) => (
                <div key={name}>
                  <dt>{t(`slot.${name as Slot}`, { defaultValue: name })}</dt>
                  <dd>{value}</dd>
                </div>
              ))}
              {done.length > 0 && (
                <div>
                  <dt>{t('story.tried')}</dt>
                  <dd>{done.join(' · ')}</dd>
                </div>
              )}
            </dl>
          )}
        </>
      )}
    </aside>
  );
}

type Counted = 'order_yuan' | 'contacts' | 'misunderstood' | 'keywords';
const COUNTED: string[] = ['order_yuan', 'contacts', 'misunderstood', 'keywords'] satisfies Counted[];

/** The rule that brought a person in, and what it saw. */
function Why({ grounds }: { grounds: Grounds }) {
  const { t } = useTranslation();
  const { locale } = usePreferences();
  const title = locale === 'en' && grounds.title_en ? grounds.title_en : grounds.title;
  const seen = (grounds.facts ?? []).flatMap(([condition, value]) => {
    if (condition === 'intents') return [intentName(value, locale)];
    return COUNTED.includes(condition) ? [t(`story.fact_${condition as Counted}`, { value })] : [];
  });
  return (
    <p>
      <small>{t('story.why')}</small>{' '}
      {[grounds.version ? t('story.rule', { title, version: grounds.version }) : title, ...seen].join(' · ')}
    </p>
  );
}
