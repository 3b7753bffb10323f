import { CloseOutlined } from '@ant-design/icons';
import { useQuery } from '@tanstack/react-query';
import { Select } from 'antd';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { api } from '@/shared/api';
import { LabelChip, LabelDot } from '@/shared/LabelChip';
import { LABELS } from '@/shared/queries';
import styles from './inbox.module.css';
import type { Wanted } from './list';

interface Props {
  wanted: Wanted;
  onWanted: (changes: Partial<Wanted>) => void;
}

/** What narrows a list by what colleagues have put on conversations: in the list of filters. */
export function MarkFilters({ wanted, onWanted }: Props) {
  const { t } = useTranslation();
  const labels = useQuery({ queryKey: LABELS, queryFn: api.labels });
  const only = wanted.spam ? 'spam' : wanted.followed ? 'followed' : undefined;
  return (
    <>
      <label htmlFor="list-label">
        {t('marks.label')}
        <Select
          id="list-label"
          value={wanted.label}
          onChange={(label) => onWanted({ label })}
          allowClear
          showSearch={{ optionFilterProp: 'title' }}
          placeholder={t('list.any')}
          options={labels.data?.map(({ id, name, color }) => ({
            value: id,
            title: name,
            label: (
              <>
                <LabelDot color={color} /> {name}
              </>
            ),
          }))}
        />
      </label>
      <label htmlFor="list-marked">
        {t('marks.only')}
        <Select
          id="list-marked"
          value={only}
          onChange={(one) => onWanted({ followed: one === 'followed' || undefined, spam: one === 'spam' || undefined })}
          allowClear
          placeholder={t('list.any')}
          options={(['followed', 'spam'] as const).map((value) => ({ value, label: t(`marks.only_${value}`) }))}
        />
      </label>
    </>
  );
}

/** The same, where it is seen while it holds. */
export function ChosenMarks({ wanted, onWanted }: Props) {
  const { t } = useTranslation();
  const labels = useQuery({ queryKey: LABELS, queryFn: api.labels, enabled: Boolean(wanted.label) });
  if (!wanted.label && !wanted.followed && !wanted.spam) return null;
  const label = labels.data?.find(({ id }) => id === wanted.label);
  return (
    <div className={styles.chosen}>
      {wanted.label && (
        <Chosen onClear={() => onWanted({ label: undefined })} name={label?.name ?? t('marks.label')}>
          {label ? <LabelChip label={label} /> : t('marks.label')}
        </Chosen>
      )}
      {wanted.followed && (
        <Chosen onClear={() => onWanted({ followed: undefined })} name={t('marks.only_followed')}>
          {t('marks.only_followed')}
        </Chosen>
      )}
      {wanted.spam && (
        <Chosen onClear={() => onWanted({ spam: undefined })} name={t('marks.only_spam')}>
          {t('marks.only_spam')}
        </Chosen>
      )}
    </div>
  );
}

function Chosen({ name, onClear, children }: { name: string; onClear: () => void; children: ReactNode }) {
  const { t } = useTranslation();
  return (
    <button type="button" aria-label={t('marks.clearFilter', { name })} onClick={onClear}>
      {children}
      <CloseOutlined aria-hidden />
    </button>
  );
}
