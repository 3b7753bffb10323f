import '@/i18n/pages/deadlines';
import { useMutation, useQuery } from '@tanstack/react-query';
import { Alert, Button, Input, Modal, Select, Skeleton } from 'antd';
import type { TFunction } from 'i18next';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { api, type Conversation, type Deadlines as Found } from '@/shared/api';
import { dayAndTime, ticking } from '@/shared/time';
import styles from './deadlines.module.css';

const LEVELS = ['1', '2', '3', '4', '5'] as const;

interface Props {
  head: Conversation;
  onClose: () => void;
}

/** What is due by when, what became of earlier deadlines, and the level on which it depends. */
export default function Deadlines({ head, onClose }: Props) {
  const { t } = useTranslation();
  const [level, setLevel] = useState(head.level);
  const [why, setWhy] = useState('');
  const found = useQuery({ queryKey: ['deadlines', head.id], queryFn: () => api.deadlines(head.id), staleTime: 0 });
  const change = useMutation({ mutationFn: () => api.changeLevel(head.id, level, why.trim()), onSuccess: onClose });
  return (
    <Modal open title={t('deadlines.title')} footer={null} onCancel={onClose} width={560}>
      {found.isPending && <Skeleton active paragraph={{ rows: 4 }} />}
      {found.error && <Alert type="error" title={found.error.message} role="alert" showIcon />}
      {found.data && <Known found={found.data} />}
      <form
        className={styles.change}
        onSubmit={(event) => {
          event.preventDefault();
          change.mutate();
        }}
      >
        <Select
          value={String(level)}
          onChange={(value) => setLevel(Number(value))}
          options={LEVELS.map((value) => ({ value, label: t(`levelLong.${value}`) }))}
          aria-label={t('deadlines.level')}
        />
        <Input
          value={why}
          onChange={(event) => setWhy(event.target.value)}
          placeholder={t('deadlines.whyHint')}
          aria-label={t('deadlines.why')}
          maxLength={200}
        />
        <Button
          type="primary"
          htmlType="submit"
          loading={change.isPending}
          disabled={level === head.level || why.trim().length < 2}
        >
          {t('deadlines.change')}
        </Button>
      </form>
      {change.error && <Alert type="error" title={change.error.message} role="alert" showIcon />}
    </Modal>
  );
}

function Known({ found: { clocks, history } }: { found: Found }) {
  const { t } = useTranslation();
  return (
    <>
      <h3>{t('deadlines.clocks')}</h3>
      {clocks.length === 0 && <p className={styles.soft}>{t('deadlines.noClocks')}</p>}
      <ul className={styles.lines} aria-label={t('deadlines.clocks')}>
        {clocks.map((one) => (
          <li key={one.clock} data-late={one.breached && !one.over}>
            <b>{t(`due.${one.clock}`)}</b>
            <span>{standing(one, t)}</span>
            {one.breached && <em>{t('deadlines.breached')}</em>}
          </li>
        ))}
      </ul>
      <h3>{t('deadlines.history')}</h3>
      {history.length === 0 && <p className={styles.soft}>{t('deadlines.noHistory')}</p>}
      <ul className={styles.lines} aria-label={t('deadlines.history')}>
        {history.map((one) => (
          <li key={`${one.at} ${one.clock} ${one.happened}`} data-late={one.happened === 'breached'}>
            <b>
              {t(one.happened === 'breached' ? 'deadlines.late' : `deadlines.${one.happened}`, {
                clock: t(`due.${one.clock}`),
              })}
            </b>
            <span>{one.reason && t(`deadlines.reason_${one.reason}`)}</span>
            <time dateTime={one.at}>{dayAndTime(one.at)}</time>
          </li>
        ))}
      </ul>
    </>
  );
}

function standing({ over, due_at, left }: Found['clocks'][number], t: TFunction): string {
  if (over) return t('deadlines.over');
  if (due_at) return t('deadlines.dueBy', { time: dayAndTime(due_at) });
  return left && left > 0 ? t('deadlines.rests', { time: ticking(left * 1000) }) : t('deadlines.usedUp');
}
