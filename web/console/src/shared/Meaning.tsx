/** Level, emotion and waiting, shown by what they mean. */
import { useTranslation } from 'react-i18next';
import { useNow } from './clock';
import styles from './meaning.module.css';
import { ticking, timeOfDay } from './time';

type Tone = 'neutral' | 'info' | 'warn' | 'bad' | 'strong';
const LEVELS: Record<string, Tone> = { '2': 'info', '3': 'warn', '4': 'bad', '5': 'strong' };
const EMOTIONS: Record<string, Tone> = { confused: 'info', anxious: 'warn', disappointed: 'warn', angry: 'bad' };

/** The share of the time until an answer is due, after which it should be noticed. */
const SOON = 0.5;

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

/** How long the customer has waited, ticking, and how the answer stands to the moment when it is due. */
export function Waiting({ since, due }: { since: string; due: string | null | undefined }) {
  const { t } = useTranslation();
  const now = useNow();
  const began = Date.parse(since);
  const end = due ? Date.parse(due) : Number.POSITIVE_INFINITY;
  const late = now > end;
  const tone = late ? styles.badText : now > began + (end - began) * SOON ? styles.warnText : styles.softText;
  const label = late ? 'list.late' : 'list.waiting';
  return (
    <span className={`${styles.waiting} ${tone}`} title={due ? t('list.due', { time: timeOfDay(due) }) : undefined}>
      {t(label, { time: ticking(late ? now - end : now - began) })}
    </span>
  );
}
