import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useCallback } from 'react';
import { useTranslation } from 'react-i18next';
import { api } from '@/shared/api';
import { type Frame, useFrames } from '@/shared/live';
import { latest, placed } from './figures';
import styles from './profile.module.css';

const WIDTH = 200;
const HEIGHT = 28;

type KnownEmotion = 'calm' | 'confused' | 'anxious' | 'disappointed' | 'angry';

/** How the customer sounded, message by message: good at the top, each dot in the colour of its emotion. */
export function MoodLine({ id }: { id: string }) {
  const { t } = useTranslation();
  const queries = useQueryClient();
  const asked = useQuery({ queryKey: ['mood', id], queryFn: () => api.mood(id) });
  const heard = useCallback(
    (frame: Frame) => {
      const told = frame.type === 'activity' && frame.conversation_id === id && frame.author_kind !== 'staff';
      if (told || frame.type === 'ready') void queries.invalidateQueries({ queryKey: ['mood', id] });
    },
    [id, queries],
  );
  useFrames(heard);
  const moods = latest(asked.data ?? []);
  if (moods.length === 0) return null;
  const points = placed(moods, WIDTH, HEIGHT);
  const words = moods.map(({ emotion }) => t(`emotion.${emotion as KnownEmotion}`, { defaultValue: emotion }));
  return (
    <figure className={styles.mood}>
      <figcaption>{t('profile.mood')}</figcaption>
      <svg
        viewBox={`-4 -4 ${WIDTH + 8} ${HEIGHT + 8}`}
        role="img"
        aria-label={t('profile.moodNow', { list: words.join('、') })}
      >
        <line x1={0} x2={WIDTH} y1={HEIGHT / 2} y2={HEIGHT / 2} />
        <polyline points={points.map(({ x, y }) => `${x},${y}`).join(' ')} />
        {points.map(({ x, y, emotion }, index) => (
          <circle key={moods[index]?.seq} cx={x} cy={y} r={3.2} data-emotion={emotion}>
            <title>{words[index]}</title>
          </circle>
        ))}
      </svg>
      <span>{words.at(-1)}</span>
    </figure>
  );
}
