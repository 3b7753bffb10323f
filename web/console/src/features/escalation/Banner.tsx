import '@/i18n/pages/escalation';
import { RiseOutlined } from '@ant-design/icons';
import { Button, Popover } from 'antd';
import { useTranslation } from 'react-i18next';
import { useNow } from '@/shared/clock';
import { type Escalation, type ItemKind, isAsked } from '@/shared/escalations';
import { useMe } from '@/shared/session';
import { whyWords } from '@/shared/told';
import styles from './escalation.module.css';
import { Steps } from './Steps';
import { standing, standingWords, stepWords } from './steps';
import { useConfirm, useEscalations } from './useEscalations';

/**
 * Above a thread or a ticket while it is on its way up: who was asked, by when, why; whoever was asked confirms it here.
 */
export default function Banner({ id, kind = 'conversation' }: { id: string; kind?: ItemKind }) {
  const steps = useEscalations(id, kind).data?.items ?? [];
  const current = steps.find((step) => !step.closed_at);
  return current ? <Shown current={current} steps={steps} /> : null;
}

function Shown({ current, steps }: { current: Escalation; steps: Escalation[] }) {
  const { t } = useTranslation();
  const me = useMe();
  const now = useNow();
  const confirm = useConfirm();
  const step = stepWords(current, t);
  const why = whyWords(current, t);
  return (
    <aside className={styles.banner} data-standing={standing(current, now)} aria-label={t('escalation.banner')}>
      <RiseOutlined className={styles.icon} aria-hidden />
      <b title={step}>{step}</b>
      <span className={styles.until}>{standingWords(current, now, t)}</span>
      <span className={styles.why} title={why}>
        {why}
      </span>
      <span className={styles.doing}>
        <Popover
          trigger="click"
          placement="bottomRight"
          title={t('escalation.history')}
          content={<Steps steps={steps} />}
          styles={{ container: { width: 380 } }}
        >
          <Button type="text" size="small">
            {t('escalation.steps', { count: steps.length })}
          </Button>
        </Popover>
        {!current.receipted_at && isAsked(current, me) && (
          <Button type="primary" size="small" loading={confirm.isPending} onClick={() => confirm.mutate(current.id)}>
            {t('escalation.confirm')}
          </Button>
        )}
      </span>
    </aside>
  );
}
