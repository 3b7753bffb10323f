import { Button, Input } from 'antd';
import { useRef } from 'react';
import { useTranslation } from 'react-i18next';
import { useVariables } from '@/shared/canned';
import { Field } from '@/shared/Field';
import { usePreferences } from '@/shared/preferences';
import { filled } from './filled';
import styles from './manage.module.css';

const LONGEST = 3000;

export const LANGUAGES = [
  { value: 'zh' as const, label: '中文' },
  { value: 'en' as const, label: 'English' },
];

interface Props {
  label: string;
  text: string;
  language: 'zh' | 'en';
  onChange: (text: string) => void;
}

/** A text with variables: what there is to insert, and how it could read. */
export function TextField({ label, text, language, onChange }: Props) {
  const { t } = useTranslation();
  const { locale } = usePreferences();
  const variables = useVariables();
  const box = useRef<HTMLDivElement>(null);
  const insert = (name: string) => {
    const field = box.current?.querySelector('textarea');
    const from = field?.selectionStart ?? text.length;
    const written = `{{${name}}}`;
    onChange(text.slice(0, from) + written + text.slice(field?.selectionEnd ?? from));
    window.requestAnimationFrame(() => {
      field?.focus();
      field?.setSelectionRange(from + written.length, from + written.length);
    });
  };
  return (
    <div ref={box}>
      <Field label={label}>
        <Input.TextArea
          value={text}
          onChange={(event) => onChange(event.target.value)}
          autoSize={{ minRows: 3, maxRows: 14 }}
          maxLength={LONGEST}
          showCount={text.length > LONGEST - 500}
        />
      </Field>
      <fieldset className={styles.variables}>
        <legend>{t('manage.variables')}</legend>
        {variables.data?.map((variable) => (
          <Button key={variable.name} size="small" title={`{{${variable.name}}}`} onClick={() => insert(variable.name)}>
            {variable[locale].label}
          </Button>
        ))}
        <small>{t('manage.variablesHint')}</small>
      </fieldset>
      {text.includes('{{') && <Preview text={text} language={language} />}
    </div>
  );
}

/** How a text reads with examples in it. */
export function Preview({ text, language }: { text: string; language: 'zh' | 'en' }) {
  const { t } = useTranslation();
  const variables = useVariables();
  return (
    <section className={styles.preview} aria-label={t('manage.preview')}>
      <small>{t('manage.preview')}</small>
      <p>
        {filled(text, variables.data ?? [], language).map((piece, index) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: pieces have no other name
          <span key={index} data-variable={piece.variable}>
            {piece.text}
          </span>
        ))}
      </p>
    </section>
  );
}
