import { App, Button, Input, InputNumber, Select } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { api, type Tried, type Try } from '@/shared/api';
import { Because } from './Because';
import { Named } from './RuleEditor';
import styles from './triage.module.css';
import { useWords } from './useTriage';

const SEGMENTS = ['new', 'regular', 'high_value', 'at_risk'] as const;

/** A message typed here is decided by both tables. `revision`: of the draft, in which another answer may lie. */
export function TryOut({ revision }: { revision: number }) {
  const { t } = useTranslation();
  const words = useWords();
  const { message } = App.useApp();
  const [wanted, setWanted] = useState<Try>({ text: '', segment: 'new' });
  const [tried, setTried] = useState<Tried | null>(null);
  const go = async () => {
    try {
      setTried(await api.tryTriage({ ...wanted, text: wanted.text.trim() }));
    } catch (problem) {
      void message.error(problem instanceof Error ? problem.message : String(problem));
    }
  };
  return (
    <aside className={styles.card} aria-label={t('triage.try')}>
      <h2>{t('triage.try')}</h2>
      <p className={styles.soft}>{t('triage.tryHint')}</p>
      <Named label={t('triage.tryText')}>
        <Input.TextArea
          value={wanted.text}
          maxLength={2000}
          autoSize={{ minRows: 2, maxRows: 6 }}
          onChange={(event) => setWanted({ ...wanted, text: event.target.value })}
        />
      </Named>
      <div className={styles.pair}>
        <Named label={t('triage.trySegment')}>
          <Select
            value={wanted.segment}
            aria-label={t('triage.trySegment')}
            options={SEGMENTS.map((value) => ({ value, label: t(`triage.segment_${value}`) }))}
            onChange={(segment) => setWanted({ ...wanted, segment })}
          />
        </Named>
        <Named label={t('triage.tryOrder')}>
          <InputNumber
            min={0}
            value={wanted.order_yuan ?? null}
            onChange={(order_yuan) => setWanted({ ...wanted, order_yuan })}
          />
        </Named>
      </div>
      <Button type="primary" disabled={!wanted.text.trim()} onClick={() => void go()}>
        {t('triage.tryGo')}
      </Button>
      {tried && (
        <div role="status" className={styles.tried}>
          <p className={styles.soft}>
            {t('triage.tryRead', {
              intent: words.intent(tried.intent),
              confidence: `${Math.round(tried.confidence * 100)}%`,
            })}
          </p>
          <h3>{t('triage.tryLive')}</h3>
          <Because decision={tried.live} />
          {revision > 0 && (
            <>
              <h3>{t('triage.tryDraft')}</h3>
              <Because decision={tried.draft} />
            </>
          )}
        </div>
      )}
    </aside>
  );
}
