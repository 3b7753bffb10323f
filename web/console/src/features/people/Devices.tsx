import { DesktopOutlined } from '@ant-design/icons';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { App, Button, Skeleton } from 'antd';
import { useTranslation } from 'react-i18next';
import { Again } from '@/shared/Again';
import { people, type SignedIn } from '@/shared/people';
import { dayAndTime, wholeMoment } from '@/shared/time';
import { deviceOf } from './devices';
import styles from './people.module.css';

/** Where one is signed in; each can be ended, or all but this one. */
export function Devices() {
  const { t } = useTranslation();
  const { message, modal } = App.useApp();
  const queries = useQueryClient();
  const sessions = useQuery({ queryKey: ['sessions'], queryFn: people.sessions, staleTime: 0 });
  const end = useMutation({
    /** None: all others. */
    mutationFn: (id: string | null) => (id ? people.endSession(id) : people.endOtherSessions()),
    onSuccess: () => void message.success(t('account.ended')),
    onError: (problem) => void message.error(problem.message),
    onSettled: () => queries.invalidateQueries({ queryKey: ['sessions'] }),
  });
  const ask = (id: string | null) =>
    modal.confirm({
      title: t(id ? 'account.endSure' : 'account.endOthersSure'),
      content: t('account.endText'),
      okText: t('account.end'),
      okButtonProps: { danger: true },
      onOk: () => end.mutate(id),
    });
  const others = sessions.data?.filter(({ current }) => !current).length;
  return (
    <section className={styles.card} aria-label={t('account.devices')}>
      <h2>{t('account.devices')}</h2>
      <p className={styles.soft}>{t('account.devicesHint')}</p>
      {sessions.isPending && <Skeleton active />}
      {sessions.error && (
        <p role="alert">
          {sessions.error.message} <Again query={sessions} />
        </p>
      )}
      <ul className={styles.rows}>
        {sessions.data?.map((session) => (
          <Device key={session.id} session={session} onEnd={() => ask(session.id)} />
        ))}
      </ul>
      {others === 0 && <p className={styles.soft}>{t('account.alone')}</p>}
      {others !== undefined && others > 0 && (
        <Button danger onClick={() => ask(null)} loading={end.isPending}>
          {t('account.endOthers')}
        </Button>
      )}
    </section>
  );
}

function Device({ session, onEnd }: { session: SignedIn; onEnd: () => void }) {
  const { t } = useTranslation();
  const known = deviceOf(session.user_agent);
  const name = known ? t('account.system', known) : session.user_agent || t('account.unknown');
  return (
    <li>
      <DesktopOutlined aria-hidden />
      <span className={styles.rowText}>
        <b title={session.user_agent}>{name}</b>
        {session.current && <span className={`${styles.state} ${styles.active}`}>{t('account.here')}</span>}
        <small>
          {session.address} ·{' '}
          <time dateTime={session.last_seen_at} title={wholeMoment(session.last_seen_at)}>
            {t('account.lastSeen', { time: dayAndTime(session.last_seen_at) })}
          </time>{' '}
          · {t('account.since', { time: dayAndTime(session.created_at) })}
        </small>
      </span>
      {!session.current && (
        <Button size="small" aria-label={t('account.endOf', { device: name })} onClick={onEnd}>
          {t('account.end')}
        </Button>
      )}
    </li>
  );
}
