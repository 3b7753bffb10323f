import { EyeInvisibleOutlined, EyeOutlined } from '@ant-design/icons';
import { Button, Input, Popover } from 'antd';
import { type FormEvent, useEffect, useId, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Problem, type Purpose, type Reason } from '@/shared/api';
import { useNow } from '@/shared/clock';
import styles from './profile.module.css';

/** So long is personal data shown. */
const SHOWN = 60_000;
const PURPOSES: Purpose[] = ['verify_identity', 'call_back', 'delivery', 'after_sale', 'complaint', 'other'];

interface Props {
  field: string;
  masked: string;
  may: boolean;
  reveal: (reason: Reason) => Promise<{ value: string }>;
}

/** Personal data: masked, shown for a minute to who says why. What was shown is kept nowhere else. */
export function Masked({ field, masked, may, reveal }: Props) {
  const { t } = useTranslation();
  const [asking, setAsking] = useState(false);
  const [shown, setShown] = useState<{ value: string; until: number } | null>(null);
  useEffect(() => {
    if (!shown) return;
    const timer = window.setTimeout(() => setShown(null), shown.until - Date.now());
    return () => window.clearTimeout(timer);
  }, [shown]);

  const show = async (reason: Reason) => {
    const { value } = await reveal(reason);
    setShown({ value, until: Date.now() + SHOWN });
    setAsking(false);
  };
  if (shown) {
    return (
      <span className={styles.masked}>
        <b>{shown.value}</b>
        <Left until={shown.until} />
        <button type="button" className={styles.eye} aria-label={t('reveal.hide')} onClick={() => setShown(null)}>
          <EyeInvisibleOutlined aria-hidden />
        </button>
      </span>
    );
  }
  return (
    <span className={styles.masked}>
      <span>{masked}</span>
      {may && (
        <Popover
          trigger="click"
          placement="bottomRight"
          open={asking}
          onOpenChange={setAsking}
          destroyOnHidden
          content={<Why onReason={show} />}
        >
          <button type="button" className={styles.eye} aria-label={t('reveal.show', { field })}>
            <EyeOutlined aria-hidden />
          </button>
        </Popover>
      )}
    </span>
  );
}

function Left({ until }: { until: number }) {
  const { t } = useTranslation();
  return <small>{t('reveal.hides', { seconds: Math.max(0, Math.ceil((until - useNow()) / 1000)) })}</small>;
}

function Why({ onReason }: { onReason: (reason: Reason) => Promise<void> }) {
  const { t } = useTranslation();
  const name = useId();
  const [purpose, setPurpose] = useState<Purpose>('verify_identity');
  const [detail, setDetail] = useState('');
  const [busy, setBusy] = useState(false);
  const [refused, setRefused] = useState('');

  const submit = async (event: FormEvent) => {
    event.preventDefault();
    if (purpose === 'other' && detail.trim().length < 2) {
      setRefused(t('reveal.detailNeeded'));
      return;
    }
    setBusy(true);
    try {
      await onReason({ purpose, detail: detail.trim() });
    } catch (problem) {
      setRefused(problem instanceof Problem ? problem.message : String(problem));
      setBusy(false);
    }
  };
  return (
    <form className={styles.why} onSubmit={(event) => void submit(event)}>
      <fieldset>
        <legend>{t('reveal.title')}</legend>
        {PURPOSES.map((one) => (
          <label key={one}>
            <input type="radio" name={name} checked={one === purpose} onChange={() => setPurpose(one)} />
            {t(`reveal.${one}`)}
          </label>
        ))}
      </fieldset>
      <Input
        value={detail}
        maxLength={200}
        onChange={(event) => setDetail(event.target.value)}
        placeholder={t('reveal.detail')}
        aria-label={t('reveal.detail')}
      />
      {refused && <p role="alert">{refused}</p>}
      <small>{t('reveal.hint')}</small>
      <Button type="primary" size="small" htmlType="submit" loading={busy}>
        {t('reveal.confirm')}
      </Button>
    </form>
  );
}
