import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { Button, Input, Skeleton } from 'antd';
import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { OUTREACH, type OutreachSettings, outreach, type Trouble } from './api';
import styles from './outreach.module.css';

interface Props {
  rule: Trouble;
  settings: OutreachSettings;
  onChange: (changes: Partial<OutreachSettings>) => void;
}

const NAMES = ['parcel', 'carrier', 'tracking_no', 'order_no', 'hours', 'moved', 'place', 'promised', 'expected'];

/** What it is once nobody has changed it for a moment. */
function useRested<T>(value: T): T {
  const [rested, setRested] = useState(value);
  useEffect(() => {
    const timer = window.setTimeout(() => setRested(value), 300);
    return () => window.clearTimeout(timer);
  }, [value]);
  return rested;
}

/** The organisation's own words for one kind of trouble, and what a customer would read with them. */
export function Words({ rule, settings, onChange }: Props) {
  const { t } = useTranslation();
  const wanted = useRested(settings);
  const previews = useQuery({
    queryKey: [OUTREACH, 'previews', wanted],
    queryFn: () => outreach.previews(wanted),
    placeholderData: keepPreviousData,
    retry: false,
  });
  const shipped = useQuery({
    queryKey: [OUTREACH, 'shipped'],
    queryFn: () => outreach.previews({ ...settings, wording: {} }),
    staleTime: Number.POSITIVE_INFINITY,
  });
  const preview = previews.data?.find((one) => one.rule === rule);
  const own = settings.wording?.[rule];
  const words = own ?? shipped.data?.find((one) => one.rule === rule)?.default;
  if (!words) return shipped.error ? <p role="alert">{shipped.error.message}</p> : <Skeleton active />;
  const change = (changes: Partial<typeof words>) =>
    onChange({ wording: { ...settings.wording, [rule]: { ...words, ...changes } } });
  const drop = () => {
    const { [rule]: _, ...rest } = settings.wording ?? {};
    onChange({ wording: rest });
  };
  return (
    <div className={styles.words}>
      <div>
        {(['zh', 'en'] as const).map((locale) => (
          // biome-ignore lint/a11y/noLabelWithoutControl: the field is among the children
          <label key={locale} className={styles.field}>
            <span>{t(locale === 'zh' ? 'outreach.chinese' : 'outreach.english')}</span>
            <Input.TextArea
              autoSize={{ minRows: 2 }}
              maxLength={400}
              value={words[locale]}
              onChange={(event) => change({ [locale]: event.target.value })}
            />
          </label>
        ))}
        <small>{t('outreach.names', { names: NAMES.map((name) => `{${name}}`).join(' ') })}</small>
        {own && (
          <Button size="small" onClick={drop}>
            {t('outreach.useShipped')}
          </Button>
        )}
      </div>
      <figure>
        <figcaption>{t('outreach.preview')}</figcaption>
        {previews.error ? (
          <p role="alert">{previews.error.message}</p>
        ) : (
          <>
            <blockquote>{preview?.zh}</blockquote>
            <blockquote lang="en">{preview?.en}</blockquote>
          </>
        )}
      </figure>
    </div>
  );
}
