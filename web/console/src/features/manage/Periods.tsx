import { CloseOutlined, PlusOutlined } from '@ant-design/icons';
import { Button } from 'antd';
import { useTranslation } from 'react-i18next';
import type { Period } from '@/shared/api';
import styles from './levels.module.css';
import { fromField, inOrder, nextPeriod, toField } from './times';

interface Props {
  /** What it is the working time of. */
  of: string;
  periods: Period[];
  onChange: (periods: Period[]) => void;
}

/** The periods of one day. */
export function Periods({ of, periods, onChange }: Props) {
  const { t } = useTranslation();
  const next = nextPeriod(periods);
  const change = (index: number, changes: Partial<Record<keyof Period, number | null>>) =>
    onChange(
      periods.map((one, at) =>
        at === index ? { opens: changes.opens ?? one.opens, closes: changes.closes ?? one.closes } : one,
      ),
    );
  return (
    <span className={styles.periods} data-bad={!inOrder(periods)}>
      {periods.length === 0 && <em>{t('levels.rest')}</em>}
      {periods.map(({ opens, closes }, index) => {
        const period = t('levels.periodOf', { day: of, number: index + 1 });
        return (
          // biome-ignore lint/suspicious/noArrayIndexKey: periods have no name of their own, and keep their order
          <span key={index} className={styles.period}>
            <input
              type="time"
              value={toField(opens)}
              aria-label={t('levels.opens', { period })}
              onChange={(event) => change(index, { opens: fromField(event.target.value, false) })}
            />
            –
            <input
              type="time"
              value={toField(closes)}
              aria-label={t('levels.closes', { period })}
              onChange={(event) => change(index, { closes: fromField(event.target.value, true) })}
            />
            <Button
              type="text"
              size="small"
              icon={<CloseOutlined aria-hidden />}
              aria-label={t('levels.removePeriod', { period })}
              onClick={() => onChange(periods.filter((_, at) => at !== index))}
            />
          </span>
        );
      })}
      {next && periods.length < 8 && (
        <Button
          type="text"
          size="small"
          icon={<PlusOutlined aria-hidden />}
          aria-label={`${of} ${t('levels.addPeriod')}`}
          title={t('levels.addPeriod')}
          onClick={() => onChange([...periods, next])}
        />
      )}
    </span>
  );
}
