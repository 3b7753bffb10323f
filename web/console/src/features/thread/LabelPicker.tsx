import { CheckOutlined } from '@ant-design/icons';
import { useQuery } from '@tanstack/react-query';
import { Button, Input, Spin } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { api, type Label } from '@/shared/api';
import { LabelDot } from '@/shared/LabelChip';
import { LABELS } from '@/shared/queries';
import { useMay } from '@/shared/session';
import styles from './labels.module.css';

interface Props {
  chosen: Label[];
  onToggle: (label: Label, on: boolean) => void;
  onManage: () => void;
}

/** All labels; a press puts one on or takes it off. Archived ones can only be taken off. */
export default function LabelPicker({ chosen, onToggle, onManage }: Props) {
  const { t } = useTranslation();
  const mayManage = useMay('routing.manage');
  const [words, setWords] = useState('');
  const labels = useQuery({ queryKey: LABELS, queryFn: api.labels });
  const on = new Set(chosen.map(({ id }) => id));
  const shown = labels.data?.filter(
    (label) => (!label.archived || on.has(label.id)) && label.name.includes(words.trim()),
  );
  return (
    <div className={styles.picker}>
      <Input
        autoFocus
        size="small"
        value={words}
        onChange={(event) => setWords(event.target.value)}
        placeholder={t('marks.search')}
        aria-label={t('marks.search')}
        allowClear
      />
      {labels.isPending && <Spin size="small" />}
      {labels.isError && <p role="alert">{labels.error.message}</p>}
      {shown?.length === 0 && <p className={styles.none}>{t('marks.noLabels')}</p>}
      <div role="menu" aria-label={t('marks.labels')}>
        {shown?.map((label) => (
          <button
            key={label.id}
            type="button"
            role="menuitemcheckbox"
            aria-checked={on.has(label.id)}
            onClick={() => onToggle(label, !on.has(label.id))}
          >
            <LabelDot color={label.color} />
            <span>{label.name}</span>
            {on.has(label.id) && <CheckOutlined aria-hidden />}
          </button>
        ))}
      </div>
      {mayManage && (
        <Button type="link" size="small" onClick={onManage}>
          {t('marks.manage')}
        </Button>
      )}
    </div>
  );
}
