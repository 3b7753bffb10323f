import '@/i18n/pages/escalation';
import { ThunderboltOutlined } from '@ant-design/icons';
import { Tooltip } from 'antd';
import { useTranslation } from 'react-i18next';
import { reasonWords, share } from './reasons';
import styles from './risk.module.css';
import type { Risk } from './risks';

/** How likely it goes wrong, and on a closer look why. `alone`: not within something that takes the focus. */
export default function RiskMark({ risk, alone = false }: { risk: Risk; alone?: boolean }) {
  const { t } = useTranslation();
  const reasons = reasonWords(risk.reasons, t, risk.kind);
  const what = t('risk.likely', { share: share(risk.probability) });
  const all = [what, reasons.join(t('canned.comma'))].filter(Boolean).join(t('risk.because'));
  const mark = (
    <>
      <ThunderboltOutlined aria-hidden /> {share(risk.probability)}
    </>
  );
  return (
    <Tooltip title={all} trigger={['hover', 'focus']}>
      {alone ? (
        <button type="button" className={styles.mark} aria-label={all}>
          {mark}
        </button>
      ) : (
        <span className={styles.mark} role="img" aria-label={all}>
          {mark}
        </span>
      )}
    </Tooltip>
  );
}
