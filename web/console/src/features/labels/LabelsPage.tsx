import '@/i18n/pages/labels';
import { useMutation, useQuery } from '@tanstack/react-query';
import { Button, Spin } from 'antd';
import { type DragEvent, useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { api } from '@/shared/api';
import { usePreferences } from '@/shared/preferences';
import { Found } from './Found';
import styles from './labels.module.css';
import { Picture } from './Picture';

const ACCEPTED = 'image/jpeg,image/png,image/webp,image/gif';
const LOOK_AGAIN = 600;
/** Why a worker could not read a picture. */
const FAULTS = ['picture_unreadable', 'picture_too_slow', 'picture_reading_failed'] as const;

/** A picture is handed in and looked at until a worker has read it: lines, names, meaning and time. */
export default function LabelsPage() {
  const { t } = useTranslation();
  const { locale } = usePreferences();
  const [address, setAddress] = useState<string | null>(null);
  const handIn = useMutation({ mutationFn: api.tryLabel });
  const id = handIn.data?.id;
  const reading = useQuery({
    queryKey: ['label', id],
    queryFn: () => api.triedLabel(id ?? ''),
    enabled: id !== undefined,
    refetchInterval: ({ state }) => (state.data?.reading.finished_at ? false : LOOK_AGAIN),
  });
  useEffect(() => () => void (address && URL.revokeObjectURL(address)), [address]);

  const choose = (file: File) => {
    setAddress(URL.createObjectURL(file));
    handIn.mutate(file);
  };
  const dropped = (event: DragEvent) => {
    event.preventDefault();
    const file = event.dataTransfer.files[0];
    if (file) choose(file);
  };
  const clear = () => {
    setAddress(null);
    handIn.reset();
  };
  const tried = id === undefined ? undefined : reading.data;
  const label = tried?.reading.label ?? null;
  const fault = FAULTS.find((code) => code === tried?.reading.error);
  const told = fault ? t(`labels.${fault}`) : tried?.reading.detail;
  const problem = handIn.error?.message ?? reading.error?.message ?? told;
  if (address === null) {
    return (
      <main className={styles.page}>
        <p className={styles.intro}>{t('labels.intro')}</p>
        <label className={styles.drop} onDragOver={(event) => event.preventDefault()} onDrop={dropped}>
          <input
            type="file"
            accept={ACCEPTED}
            onChange={({ target }) => target.files?.[0] && choose(target.files[0])}
          />
          <b>{t('labels.drop')}</b>
          <small>{t('labels.dropHint')}</small>
        </label>
      </main>
    );
  }
  return (
    <main className={styles.page}>
      <div className={styles.columns}>
        <section className={styles.shown}>
          <Picture address={address} label={label} />
          <Button onClick={clear}>{t('labels.again')}</Button>
        </section>
        <section className={styles.result} aria-live="polite">
          {problem && (
            <p role="alert" className={styles.problem}>
              <b>{t('labels.failed')}</b> {problem}
            </p>
          )}
          {!problem && !label && (
            <p>
              <Spin size="small" /> {t(tried?.reading.state === 'reading' ? 'labels.reading' : 'labels.waiting')}
            </p>
          )}
          {label && <Found label={label} meaning={(locale === 'en' ? tried?.in_english : tried?.assessment) ?? null} />}
        </section>
      </div>
    </main>
  );
}
