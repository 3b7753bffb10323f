/** Level, emotion and waiting, shown by what they mean. */
import { useTranslation } from 'react-i18next';
import type { DueClock } from './api';
import { useNow } from './clock';
import styles from './meaning.module.css';
import { dayAndTime, ticking } from './time';

type Tone = 'neutral' | 'info' | 'warn' | 'bad' | 'strong';
const LEVELS: Record<string, Tone> = { '2': 'info', '3': 'warn', '4': 'bad', '5': 'strong' };
const EMOTIONS: Record<string, Tone> = { confused: 'info', anxious: 'warn', disappointed: 'warn', angry: 'bad' };

/** The share of the time until an answer is due, after which it should be noticed. */
const SOON = 0.5;
/** Where nobody waits, so long before. */
const SOON_MS = 60 * 60 * 1000;

type KnownEmotion = 'calm' | 'confused' | 'anxious' | 'disappointed' | 'angry';
type KnownLevel = '1' | '2' | '3' | '4' | '5';

/** Nothing for what is ordinary: only what is out of the ordinary takes space. */
export function Level({ level, long = false }: { level: number; long?: boolean }) {
  const { t } = useTranslation();
  const tone = LEVELS[level];
  if (!tone) return null;
  const known = String(level) as KnownLevel;
  return <span className={`${styles.tag} ${styles[tone]}`}>{t(long ? `levelLong.${known}` : `level.${known}`)}</span>;
}

export function Emotion({ emotion }: { emotion: string | null | undefined }) {
  const { t } = useTranslation();
  const tone = emotion ? EMOTIONS[emotion] : undefined;
  if (!tone) return null;
  return <span className={`${styles.tag} ${styles[tone]}`}>{t(`emotion.${emotion as KnownEmotion}`)}</span>;
}

interface Due {
  /** Since when the customer waits, if they do. */
  since: string | null | undefined;
  due: string | null | undefined;
  clock: DueClock | null | undefined;
}

/** What is due next and how much time is left for it, ticking; where nothing is due, how long the customer has waited. */
export function Waiting({ since, due, clock }: Due) {
  const { t } = useTranslation();
  const now = useNow();
  if (!due || !clock) {
    if (!since) return null;
    const time = ticking(now - Date.parse(since));
    return <span className={`${styles.waiting} ${styles.softText}`}>{t('list.waiting', { time })}</span>;
  }
  const end = Date.parse(due);
  const late = now > end;
  const began = since ? Date.parse(since) : end - 2 * SOON_MS;
  const soon = now > began + (end - began) * SOON;
  const tone = late ? styles.badText : soon ? styles.warnText : styles.softText;
  const what = t(`due.${clock}`);
  const waited = since ? t('list.waiting', { time: ticking(now - Date.parse(since)) }) : '';
  return (
    <span
      className={`${styles.waiting} ${tone}`}
      title={[waited, t('due.by', { what, time: dayAndTime(due) })].filter(Boolean).join(' · ')}
    >
      {t(late ? 'due.late' : 'due.left', { what, time: ticking(Math.abs(end - now)) })}
    </span>
  );
}
