import { Tooltip } from 'antd';
import { useTranslation } from 'react-i18next';
import type { TeamQueue } from '@/shared/api';
import { useNow } from '@/shared/clock';
import { ticking } from '@/shared/time';
import styles from './board.module.css';

/** How each team's queue does, what who joins now would be told, and how right such forecasts were. */
export function Queues({ queues }: { queues: TeamQueue[] }) {
  const { t } = useTranslation();
  const now = useNow();
  return (
    <section aria-label={t('board.queues')}>
      <ul className={styles.queues} data-testid="queues">
        {queues.map((queue) => (
          <li key={queue.team_id ?? ''} className={styles.tile}>
            <b>{queue.name || t('board.everybody')}</b>
            <dl>
              <dt>{t('board.waiting')}</dt>
              <dd>
                {queue.waiting}
                {queue.oldest && (
                  <small>
                    {' '}
                    {t('board.oldest')} {ticking(now - Date.parse(queue.oldest))}
                  </small>
                )}
              </dd>
              <dt>{t('board.expected')}</dt>
              <dd>
                {queue.expected === 0
                  ? t('board.atOnce')
                  : queue.expected === null
                    ? '—'
                    : ticking(queue.expected * 1000)}
              </dd>
              <dt>{t('board.offBy')}</dt>
              <dd>
                <Accuracy queue={queue} />
              </dd>
            </dl>
          </li>
        ))}
      </ul>
    </section>
  );
}

function Accuracy({ queue: { measured, off_by, bias } }: { queue: TeamQueue }) {
  const { t } = useTranslation();
  if (off_by === null || bias === null) return <Tooltip title={t('board.notMeasured')}>—</Tooltip>;
  const way = bias < 0 ? t('board.shorter') : t('board.longer');
  return (
    <Tooltip title={t('board.offByHint', { count: measured, way, bias: ticking(Math.abs(bias) * 1000) })}>
      ± {ticking(off_by * 1000)}
    </Tooltip>
  );
}
