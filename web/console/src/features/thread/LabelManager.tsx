import { useQuery, useQueryClient } from '@tanstack/react-query';
import { App, Button, Input, Modal, Select, Spin } from 'antd';
import { type ReactNode, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { api, type Label, type LabelColor, Problem } from '@/shared/api';
import { LABEL_COLORS, LabelDot } from '@/shared/LabelChip';
import { HEAD, LABELS, LIST } from '@/shared/queries';
import styles from './labels.module.css';

const LIMIT = 20;

/** The organisation's labels, for those who may keep them. */
export default function LabelManager({ onClose }: { onClose: () => void }) {
  const { t } = useTranslation();
  const { message } = App.useApp();
  const queries = useQueryClient();
  const labels = useQuery({ queryKey: LABELS, queryFn: api.labels });
  const save = async (change: () => Promise<unknown>): Promise<boolean> => {
    try {
      await change();
      for (const queryKey of [LABELS, [LIST], [HEAD]]) void queries.invalidateQueries({ queryKey });
      return true;
    } catch (problem) {
      void message.error(problem instanceof Problem ? problem.message : String(problem));
      return false;
    }
  };
  return (
    <Modal title={t('marks.manage')} open onCancel={onClose} footer={null} width={480}>
      <Fresh onSave={(name, color) => save(() => api.createLabel({ name, color }))} />
      {labels.isPending && <Spin />}
      {labels.isError && <p role="alert">{labels.error.message}</p>}
      <ul className={styles.managed}>
        {labels.data?.map((label) => (
          <Line key={label.id} label={label} onChange={(change) => save(() => api.changeLabel(label.id, change))} />
        ))}
      </ul>
    </Modal>
  );
}

function Fresh({ onSave }: { onSave: (name: string, color: LabelColor) => Promise<boolean> }) {
  const { t } = useTranslation();
  const [name, setName] = useState('');
  const [color, setColor] = useState<LabelColor>('gray');
  const create = async () => {
    if (name.trim() && (await onSave(name.trim(), color))) setName('');
  };
  return (
    <div className={styles.edit}>
      <Hue value={color} onChange={setColor} />
      <Name value={name} onChange={setName} onEnter={() => void create()} label={t('marks.newName')} />
      <Button type="primary" disabled={!name.trim()} onClick={() => void create()}>
        {t('marks.create')}
      </Button>
    </div>
  );
}

interface LineProps {
  label: Label;
  onChange: (change: { name?: string; color?: LabelColor; archived?: boolean }) => Promise<boolean>;
}

function Line({ label, onChange }: LineProps) {
  const { t } = useTranslation();
  const [name, setName] = useState(label.name);
  const rename = async () => {
    const wanted = name.trim();
    if (!wanted || wanted === label.name || !(await onChange({ name: wanted }))) setName(label.name);
  };
  return (
    <li className={styles.edit} data-archived={label.archived}>
      <Hue value={label.color} onChange={(color) => void onChange({ color })} />
      <Name
        value={name}
        onChange={setName}
        onEnter={() => void rename()}
        onLeave={() => void rename()}
        label={t('marks.name', { name: label.name })}
      />
      <Button onClick={() => void onChange({ archived: !label.archived })}>
        {t(label.archived ? 'marks.restore' : 'marks.archive')}
      </Button>
    </li>
  );
}

interface NameProps {
  value: string;
  onChange: (name: string) => void;
  onEnter: () => void;
  onLeave?: () => void;
  label: string;
}

function Name({ value, onChange, onEnter, onLeave, label }: NameProps) {
  return (
    <Input
      value={value}
      onChange={(event) => onChange(event.target.value)}
      onPressEnter={(event) => !event.nativeEvent.isComposing && onEnter()}
      onBlur={onLeave}
      maxLength={LIMIT}
      placeholder={label}
      aria-label={label}
    />
  );
}

function Hue({ value, onChange }: { value: LabelColor; onChange: (color: LabelColor) => void }): ReactNode {
  const { t } = useTranslation();
  return (
    <Select
      value={value}
      onChange={onChange}
      aria-label={t('marks.color')}
      popupMatchSelectWidth={false}
      options={LABEL_COLORS.map((color) => ({
        value: color,
        title: t(`hue.${color}`),
        label: (
          <span role="img" aria-label={t(`hue.${color}`)}>
            <LabelDot color={color} />
          </span>
        ),
      }))}
    />
  );
}
