/** Level, emotion and waiting, shown by what they mean. */
import { useTranslation } from 'react-i18next';
import { useNow } from './clock';
import styles from './meaning.module.css';
import { ticking } from './time';

type Tone = 'neutral' | 'info' | 'warn' | 'bad' | 'strong';
const LEVELS: Record<string, Tone> = { '2': 'info', '3': 'warn', '4': 'bad', '5': 'strong' };
const EMOTIONS: Record<string, Tone> = { confused: 'info', anxious: 'warn', disappointed: 'warn', angry: 'bad' };

/** The service levels' own targets: a person within two minutes; after five, somebody should have noticed. */
const SLOW = 2 * 60_000;
const TOO_SLOW = 5 * 60_000;

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

/** How long the customer has waited, ticking. */
export function Waiting({ since }: { since: string }) {
  const { t } = useTranslation();
  const waited = useNow() - Date.parse(since);
  const tone = waited > TOO_SLOW ? styles.badText : waited > SLOW ? styles.warnText : styles.softText;
  return <span className={`${styles.waiting} ${tone}`}>{t('list.waiting', { time: ticking(waited) })}</span>;
}
