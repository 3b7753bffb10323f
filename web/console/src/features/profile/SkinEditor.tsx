import { useMutation } from '@tanstack/react-query';
import { Modal, Select } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { api, type Skin, type SkinProfile } from '@/shared/api';
import '@/i18n/pages/memory';
import styles from './profile.module.css';

const TYPES = ['dry', 'normal', 'combination', 'oily'] as const;
const TONES = ['porcelain', 'fair', 'medium', 'wheat', 'deep'] as const;
const AGES = ['under_18', '18_24', '25_29', '30_39', '40_49', '50_plus'] as const;
const EXPECTING = ['planning', 'pregnant', 'nursing'] as const;
const TEXTURES = ['light', 'rich'] as const;
const CONCERNS = [
  'acne',
  'pores',
  'dryness',
  'redness',
  'dullness',
  'spots',
  'wrinkles',
  'sagging',
  'dark_circles',
] as const;

interface Props {
  customerId: string;
  skin: Skin;
  onWritten: (skin: SkinProfile) => void;
  onClose: () => void;
}

export default function SkinEditor({ customerId, skin, onWritten, onClose }: Props) {
  const { t } = useTranslation();
  const [draft, setDraft] = useState<Skin>(skin);
  const save = useMutation({ mutationFn: () => api.writeSkin(customerId, draft), onSuccess: onWritten });
  const concerns = draft.concerns ?? [];
  const toggle = (one: (typeof CONCERNS)[number]) =>
    setDraft({
      ...draft,
      concerns: concerns.includes(one) ? concerns.filter((other) => other !== one) : [...concerns, one],
    });
  return (
    <Modal
      title={t('skin.edit')}
      open
      width={460}
      okText={t('skin.save')}
      cancelText={t('app.cancel')}
      confirmLoading={save.isPending}
      onOk={() => save.mutate()}
      onCancel={onClose}
    >
      <div className={styles.editor}>
        <Choice
          label={t('skin.type')}
          options={TYPES.map((value) => [value, t(`skin.type_${value}`)])}
          value={draft.type}
          onChange={(type) => setDraft({ ...draft, type })}
        />
        <Choice
          label={t('skin.sensitive')}
          options={[
            [true, t('skin.sensitive_yes')],
            [false, t('skin.sensitive_no')],
          ]}
          value={draft.sensitive}
          onChange={(sensitive) => setDraft({ ...draft, sensitive })}
        />
        <Choice
          label={t('skin.tone')}
          options={TONES.map((value) => [value, t(`skin.tone_${value}`)])}
          value={draft.tone}
          onChange={(tone) => setDraft({ ...draft, tone })}
        />
        <Choice
          label={t('skin.age')}
          options={AGES.map((value) => [value, t(`skin.age_${value}`)])}
          value={draft.age}
          onChange={(age) => setDraft({ ...draft, age })}
        />
        <fieldset>
          <legend>{t('skin.concerns')}</legend>
          {CONCERNS.map((one) => (
            <Chip key={one} pressed={concerns.includes(one)} onClick={() => toggle(one)}>
              {t(`skin.concern_${one}`)}
            </Chip>
          ))}
        </fieldset>
        <Choice
          label={t('memory.expecting')}
          options={EXPECTING.map((value) => [value, t(`memory.expecting_${value}`)])}
          value={draft.expecting === 'no' ? null : draft.expecting}
          onChange={(expecting) => setDraft({ ...draft, expecting })}
        />
        <Choice
          label={t('memory.texture')}
          options={TEXTURES.map((value) => [value, t(`memory.texture_${value}`)])}
          value={draft.texture}
          onChange={(texture) => setDraft({ ...draft, texture })}
        />
        <label htmlFor="skin-avoid">
          {t('skin.avoid')}
          <Select
            id="skin-avoid"
            mode="tags"
            value={draft.avoid ?? []}
            onChange={(avoid: string[]) => setDraft({ ...draft, avoid: clean(avoid) })}
            tokenSeparators={['，', ',', '、']}
            open={false}
            suffixIcon={null}
            aria-describedby="skin-avoid-hint"
          />
          <small id="skin-avoid-hint">{t('skin.avoidHint')}</small>
        </label>
        {save.isError && <p role="alert">{save.error.message}</p>}
      </div>
    </Modal>
  );
}

/** What the server takes: no blanks, nothing twice, at most twenty of forty characters. */
const clean = (avoid: string[]) =>
  [...new Set(avoid.map((one) => one.trim().slice(0, 40)))].filter((one) => one !== '').slice(0, 20);

interface ChoiceProps<T> {
  label: string;
  options: [T, string][];
  value: T | null | undefined;
  onChange: (value: T | null) => void;
}

/** One of a few, or none: what is chosen can be taken back. */
function Choice<T extends string | boolean>({ label, options, value, onChange }: ChoiceProps<T>) {
  return (
    <fieldset>
      <legend>{label}</legend>
      {options.map(([one, text]) => (
        <Chip key={String(one)} pressed={one === value} onClick={() => onChange(one === value ? null : one)}>
          {text}
        </Chip>
      ))}
    </fieldset>
  );
}

function Chip({ pressed, onClick, children }: { pressed: boolean; onClick: () => void; children: string }) {
  return (
    <button type="button" className={styles.chip} aria-pressed={pressed} onClick={onClick}>
      {children}
    </button>
  );
}
