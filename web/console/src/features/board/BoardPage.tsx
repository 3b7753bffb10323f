import { Empty, Select, Skeleton } from 'antd';
import { type ReactNode, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Board } from '@/shared/api';
import { useNow } from '@/shared/clock';
import { Failed } from '@/shared/Failed';
import { Level } from '@/shared/Meaning';
import { ticking, timeOfDay } from '@/shared/time';
import { AgentCard } from './AgentCard';
import { type Figures, figures, levelsOf, ofTeam } from './board';
import styles from './board.module.css';
import { LineRow } from './LineRow';
import { Queues } from './Queues';
import { useBoard } from './useBoard';

interface Props {
  /** More that is told of the same moment. */
  more: (board: Board) => ReactNode;
}

/** Who waits, who is there, who has whom: live. */
export default function BoardPage({ more }: Props) {
  const { t } = useTranslation();
  const board = useBoard();
  const [team, setTeam] = useState<string | null>(null);
  return (
    <main className={styles.page}>
      <header className={styles.top}>
        <h1>{t('board.title')}</h1>
        {board.data && board.data.teams.length > 1 && (
          <Select
            className={styles.team}
            value={team ?? ''}
            onChange={(value) => setTeam(value || null)}
            aria-label={t('board.team')}
            options={[
              { value: '', label: t('board.allTeams') },
              ...board.data.teams.map(({ id, name }) => ({ value: id, label: name })),
            ]}
          />
        )}
        <span className={styles.fill} />
        {board.data && (
          <small>{t('board.updated', { time: timeOfDay(new Date(board.dataUpdatedAt).toISOString()) })}</small>
        )}
      </header>
      {board.isPending && <Skeleton active paragraph={{ rows: 8 }} />}
      <Failed query={board} />
      {board.data && <Shown board={board.data} team={team} more={more} />}
    </main>
  );
}

function Shown({ board, team, more }: Props & { board: Board; team: string | null }) {
  const { t } = useTranslation();
  const { waiting, agents } = ofTeam(board, team);
  const by_level = team === null ? board.by_level : levelsOf(waiting);
  const sums = figures({ by_level, agents });
  return (
    <>
      <Tiles sums={sums} />
      <Queues queues={board.queues.filter((queue) => team === null || queue.team_id === team)} />
      {more(board)}
      <div className={styles.columns}>
        <section aria-label={t('board.queue')}>
          <h2>
            {t('board.queue')}
            {by_level.map((one) => (
              <span key={one.level} className={styles.level}>
                {one.level > 1 ? <Level level={one.level} long /> : <small>{t('levelLong.1')}</small>} {one.waiting}
              </span>
            ))}
          </h2>
          {waiting.length === 0 && <Empty image={Empty.PRESENTED_IMAGE_SIMPLE} description={t('board.queueEmpty')} />}
          <ul data-testid="queue">
            {waiting.map((line) => (
              <LineRow key={line.conversation_id} line={line} agents={board.agents} />
            ))}
          </ul>
          {sums.waiting > waiting.length && (
            <p className={styles.soft}>{t('board.more', { count: sums.waiting - waiting.length })}</p>
          )}
        </section>
        <section aria-label={t('board.people')}>
          <h2>{t('board.people')}</h2>
          {agents.length === 0 && <Empty image={Empty.PRESENTED_IMAGE_SIMPLE} description={t('board.noPeople')} />}
          <ul data-testid="agents">
            {agents.map((agent) => (
              <AgentCard key={agent.staff_id} agent={agent} agents={board.agents} teams={board.teams} />
            ))}
          </ul>
        </section>
      </div>
    </>
  );
}

function Tiles({ sums }: { sums: Figures }) {
  const { t } = useTranslation();
  return (
    <dl className={styles.tiles}>
      <Tile name={t('board.waiting')} urgent={sums.waiting > 0}>
        {sums.waiting}
      </Tile>
      <Longest since={sums.oldest} />
      <Tile name={t('board.agents')}>
        {sums.online}
        <small> / {sums.there}</small>
      </Tile>
      <Tile name={t('board.load')} urgent={sums.load >= sums.capacity && sums.load > 0}>
        {sums.load}
        <small> / {sums.capacity}</small>
      </Tile>
    </dl>
  );
}

function Tile({ name, urgent = false, children }: { name: string; urgent?: boolean; children: ReactNode }) {
  return (
    <div className={styles.tile} data-urgent={urgent}>
      <dt>{name}</dt>
      <dd>{children}</dd>
    </div>
  );
}

/** From here on somebody should have a look. */
const SLOW = 2 * 60_000;

function Longest({ since }: { since: string | null }) {
  const { t } = useTranslation();
  const waited = useNow() - (since ? Date.parse(since) : Number.POSITIVE_INFINITY);
  return (
    <Tile name={t('board.longest')} urgent={waited > SLOW}>
      {since ? ticking(waited) : '—'}
    </Tile>
  );
}
