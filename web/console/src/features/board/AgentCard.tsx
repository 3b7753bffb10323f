import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { AgentOnBoard, Board } from '@/shared/api';
import { shortMoment } from '@/shared/time';
import styles from './board.module.css';
import { LineRow } from './LineRow';

interface Props {
  agent: AgentOnBoard;
  agents: AgentOnBoard[];
  teams: Board['teams'];
}

/** One colleague: there or not, how much they have, and what. */
export function AgentCard({ agent, agents, teams }: Props) {
  const { t } = useTranslation();
  const [open, setOpen] = useState(false);
  const { conversations } = agent;
  const hidden = agent.load - conversations.length;
  const teamNames = teams.filter((team) => agent.team_ids.includes(team.id)).map((team) => team.name);
  return (
    <li className={styles.agent}>
      <button type="button" className={styles.open} aria-expanded={open} onClick={() => setOpen(!open)}>
        <span className={styles.head}>
          <i className={styles.presence} data-status={agent.status} aria-hidden />
          <b>{agent.name}</b>
          <small>
            {t(`presence.${agent.status}`)} {t('board.since', { time: shortMoment(agent.changed_at, Date.now()) })}
          </small>
          {agent.rest_until && <small>{t('board.resting', { time: shortMoment(agent.rest_until, Date.now()) })}</small>}
          <span className={styles.fill} />
          <span className={styles.count} data-full={agent.load >= agent.capacity}>
            {agent.load}/{agent.capacity}
          </span>
        </span>
        <span className={styles.bar} aria-hidden>
          <i
            style={{ width: `${Math.min(100, (agent.load / agent.capacity) * 100)}%` }}
            data-full={agent.load >= agent.capacity}
          />
        </span>
        <small>{teamNames.join('、') || t('board.noTeam')}</small>
      </button>
      {open && (
        <ul className={styles.held}>
          {conversations.map((line) => (
            <LineRow key={line.conversation_id} line={line} agents={agents} />
          ))}
          {hidden > 0 && <li className={styles.soft}>{t('board.hiddenInHand', { count: hidden })}</li>}
          {agent.load === 0 && <li className={styles.soft}>{t('board.noneInHand')}</li>}
        </ul>
      )}
    </li>
  );
}
