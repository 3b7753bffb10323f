import '@/i18n/pages/trace';
import { DownOutlined, RightOutlined } from '@ant-design/icons';
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { TracedDeed, TracedProcess } from '@/client/types.gen';
import { usePreferences } from '@/shared/preferences';
import { timeOfDay, wholeMoment } from '@/shared/time';
import { traceOf } from '@/shared/tracing';
import styles from './trace.module.css';
import { reasonOf } from './traced';

interface Props {
  id: string;
  /** The conversation's last message: with a new one there may be more to tell. */
  seq: number;
}

/** What the assistant did, process by process. Folded, and not asked for before somebody wants to know. */
export default function Trace({ id, seq }: Props) {
  const { t } = useTranslation();
  const [open, setOpen] = useState(false);
  const found = useQuery({
    queryKey: ['trace', id, seq],
    queryFn: () => traceOf(id),
    enabled: open,
    placeholderData: keepPreviousData,
  });
  return (
    <section className={styles.trace} aria-label={t('trace.label')}>
      <button type="button" className={styles.fold} aria-expanded={open} onClick={() => setOpen(!open)}>
        {open ? <DownOutlined aria-hidden /> : <RightOutlined aria-hidden />} {t('trace.label')}
      </button>
      {open && found.error && <p role="alert">{t('trace.failed', { problem: found.error.message })}</p>}
      {open && found.data?.length === 0 && <p>{t('trace.nothing')}</p>}
      {open && found.data && found.data.length > 0 && (
        // biome-ignore lint/a11y/noNoninteractiveTabindex: whoever has no mouse scrolls it by keys
        <ol className={styles.list} tabIndex={0} aria-label={t('trace.label')}>
          {found.data.map((one) => (
            <li key={`${one.process} ${one.begun_at}`}>
              <Process process={one} />
            </li>
          ))}
        </ol>
      )}
    </section>
  );
}

type Outcome = 'done' | 'told' | 'declined' | 'impossible' | 'unknown' | 'expired' | 'open';

function Process({ process }: { process: TracedProcess }) {
  const { t } = useTranslation();
  const { locale } = usePreferences();
  const outcome = process.outcome ?? 'open';
  return (
    <details>
      <summary>
        <b>{process.title[locale]}</b>
        <span className={styles.outcome} data-outcome={outcome}>
          {t(`trace.outcome_${outcome as Outcome}`)}
        </span>
        {process.deeds.map((deed) => (
          <Deed key={`${deed.kind} ${deed.at}`} deed={deed} />
        ))}
        <small>
          {t('trace.steps', { count: process.steps.length })} · {t('trace.version', { version: process.version })} ·{' '}
          <time dateTime={process.begun_at} title={wholeMoment(process.begun_at)}>
            {timeOfDay(process.begun_at)}
          </time>
        </small>
      </summary>
      <ol className={styles.steps}>
        {process.steps.map((step, at) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: a step can be taken again, and none ever moves
          <li key={at} title={t('trace.after', { seq: step.seq })}>
            <span>
              {step.title?.[locale] ?? t(`trace.outcome_${step.step as Outcome}`, { defaultValue: step.step })}
            </span>
            <span className={styles.reason}>{reasonOf(step, locale, t)}</span>
          </li>
        ))}
      </ol>
    </details>
  );
}

type Kind = 'cancel_order';

function Deed({ deed }: { deed: TracedDeed }) {
  const { t } = useTranslation();
  const { locale } = usePreferences();
  const state = [t(`trace.state_${deed.state}`), deed.undone && t('trace.undone')]
    .filter(Boolean)
    .join(t('trace.comma'));
  return (
    <span className={styles.deed} data-state={deed.undone ? 'undone' : deed.state} title={deed.why?.[locale]}>
      {t(`trace.deed_${deed.kind as Kind}`, { defaultValue: deed.kind })} {deed.order_no} · {state}
    </span>
  );
}
