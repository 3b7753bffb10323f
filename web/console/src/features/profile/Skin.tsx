import { EditOutlined } from '@ant-design/icons';
import { useQueryClient } from '@tanstack/react-query';
import { lazy, Suspense, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Profile, SkinProfile } from '@/shared/api';
import { useMay } from '@/shared/session';
import { dayAndTime, dayKey } from '@/shared/time';
import '@/i18n/pages/memory';
import { Part } from './Part';
import styles from './profile.module.css';

const SkinEditor = lazy(() => import('./SkinEditor'));

/** What is known of the customer's skin, and who wrote it down. */
export function SkinPart({ conversationId, profile }: { conversationId: string; profile: Profile }) {
  const { t } = useTranslation();
  const queries = useQueryClient();
  const mayEdit = useMay('customers.edit');
  const [editing, setEditing] = useState(false);
  const { customer } = profile;
  const written = (skin: SkinProfile) => {
    setEditing(false);
    queries.setQueryData<Profile>(['profile', conversationId], { ...profile, customer: { ...customer, skin } });
  };
  const edit = mayEdit && (
    <button type="button" className={styles.eye} aria-label={t('skin.edit')} onClick={() => setEditing(true)}>
      <EditOutlined aria-hidden />
    </button>
  );
  return (
    <Part id="skin" title={t('skin.title')} extra={edit}>
      {customer.skin ? <Known profile={customer.skin} /> : <p className={styles.soft}>{t('skin.none')}</p>}
      {editing && (
        <Suspense>
          <SkinEditor
            customerId={customer.id}
            skin={customer.skin?.skin ?? {}}
            onWritten={written}
            onClose={() => setEditing(false)}
          />
        </Suspense>
      )}
    </Part>
  );
}

function Known({ profile }: { profile: SkinProfile }) {
  const { t } = useTranslation();
  const { skin } = profile;
  const tags = [
    skin.type && t(`skin.type_${skin.type}`),
    skin.sensitive && t('skin.sensitive'),
    skin.tone && t(`skin.tone_${skin.tone}`),
    skin.age && t(`skin.age_${skin.age}`),
    skin.expecting && skin.expecting !== 'no' && t(`memory.expecting_${skin.expecting}`),
    skin.texture && t(`memory.texture_${skin.texture}`),
    ...(skin.concerns ?? []).map((one) => t(`skin.concern_${one}`)),
  ].filter((tag) => typeof tag === 'string');
  const avoid = skin.avoid ?? [];
  const time = dayAndTime(profile.at);
  const written = [
    profile.by_id ? t('skin.by', { name: profile.by_name, time }) : t('memory.told', { time }),
    ...(profile.until ? [t('memory.until', { day: dayKey(profile.until) })] : []),
  ];
  return (
    <>
      <p className={styles.tags}>
        {tags.map((tag) => (
          <span key={tag}>{tag}</span>
        ))}
      </p>
      {avoid.length > 0 && (
        <p className={styles.avoid}>
          <b>{t('skin.avoid')}</b> {avoid.join('、')}
        </p>
      )}
      <small>{written.join(' · ')}</small>
    </>
  );
}
