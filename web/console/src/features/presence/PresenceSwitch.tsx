import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { App, InputNumber, Popover } from 'antd';
import { useCallback, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { api, type Presence, type PresenceStatus } from '@/shared/api';
import { type Frame, useFrames } from '@/shared/live';
import { useMe } from '@/shared/session';
import { timeOfDay } from '@/shared/time';
import styles from './presence.module.css';

const PRESENCE = ['presence'];
/** That one should rest, or is taken to be away, the socket does not tell. */
const NOW_AND_THEN = 60_000;
const STATUSES: PresenceStatus[] = ['online', 'busy', 'away', 'offline'];

/** Whether one is there, for how many at a time, and how many one has. */
export function PresenceSwitch({ className }: { className?: string }) {
  const { t } = useTranslation();
  const { message } = App.useApp();
  const me = useMe().staff.id;
  const queries = useQueryClient();
  const [open, setOpen] = useState(false);
  const presence = useQuery({ queryKey: PRESENCE, queryFn: api.presence, refetchInterval: NOW_AND_THEN });

  const heard = useCallback(
    (frame: Frame) => {
      const mine = frame.type === 'conversation' && frame.conversation.assignee_id === me;
      const held = frame.type === 'conversation' && frame.conversation.state === 'resolved';
      if (mine || held || frame.type === 'ready') void queries.invalidateQueries({ queryKey: PRESENCE });
    },
    [me, queries],
  );
  useFrames(heard);

  const change = useMutation({
    mutationFn: api.setPresence,
    onSuccess: (changed: Presence) => queries.setQueryData(PRESENCE, changed),
    onError: (problem) => void message.error(problem.message),
  });
  if (!presence.data) return null;
  const { status, capacity, load, rest_until, tired } = presence.data;
  const rest = rest_until && tired ? t(`presence.tired_${tired}`, { time: timeOfDay(rest_until) }) : null;

  const chooser = (
    <div className={styles.chooser}>
      {rest && (
        <p className={styles.rest} role="status">
          {rest}
        </p>
      )}
      {STATUSES.map((one) => (
        <button
          key={one}
          type="button"
          className={styles.choice}
          aria-pressed={one === status}
          onClick={() => {
            change.mutate({ status: one });
            setOpen(false);
          }}
        >
          <i className={styles[one]} aria-hidden />
          <span>
            <strong>{t(`presence.${one}`)}</strong>
            <small>{t(`presence.hint_${one}`)}</small>
          </span>
        </button>
      ))}
      <label className={styles.capacity} htmlFor="presence-capacity">
        {t('presence.capacity')}
        <InputNumber
          id="presence-capacity"
          min={1}
          max={50}
          value={capacity}
          onChange={(value) => value && change.mutate({ status, capacity: value })}
        />
      </label>
    </div>
  );
  return (
    <Popover content={chooser} trigger="click" placement="rightBottom" open={open} onOpenChange={setOpen}>
      <button
        type="button"
        className={className}
        title={`${t('presence.switch')} · ${t('presence.load', { load, capacity })}`}
      >
        <i className={styles[status]} aria-hidden />
        <span>{rest ? t('presence.rest') : t(`presence.${status}`)}</span>
        <small>
          {load}/{capacity}
        </small>
      </button>
    </Popover>
  );
}
