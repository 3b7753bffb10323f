import { useQuery } from '@tanstack/react-query';
import { Input, Segmented, Select } from 'antd';
import { useId } from 'react';
import { useTranslation } from 'react-i18next';
import { api, type Choices, type WrapUpResult } from '@/shared/api';
import { intentName } from '@/shared/intents';
import { usePreferences } from '@/shared/preferences';
import { RESULTS, type Values } from './form';
import styles from './wrapup.module.css';

interface Props {
  values: Values;
  onChange: (values: Values) => void;
  disabled?: boolean;
  /** What the assistant took it for, where somebody knows better by now. */
  predicted?: string | null;
}

export function useChoices() {
  return useQuery({ queryKey: ['wrap-up-choices'], queryFn: api.wrapUpChoices, staleTime: Number.POSITIVE_INFINITY });
}

/** Category, cause, result and summary, as both dialogs have them. */
export function Fields({ values, onChange, disabled = false, predicted }: Props) {
  const { t } = useTranslation();
  const { locale } = usePreferences();
  const id = useId();
  const choices = useChoices().data;
  const change = (changes: Partial<Values>) => onChange({ ...values, ...changes });
  return (
    <>
      <div className={styles.pair}>
        <div className={styles.field}>
          <label htmlFor={`${id}-category`}>{t('wrapup.category')}</label>
          <Select
            id={`${id}-category`}
            value={values.category}
            onChange={(category) => change({ category })}
            options={categories(choices, locale)}
            showSearch={{ optionFilterProp: 'label' }}
            disabled={disabled}
          />
          {predicted && predicted !== values.category && (
            <small>{t('wrapup.correctedFrom', { name: intentName(predicted, locale) })}</small>
          )}
        </div>
        <div className={styles.field}>
          <label htmlFor={`${id}-cause`}>{t('wrapup.cause')}</label>
          <Select
            id={`${id}-cause`}
            value={values.cause}
            onChange={(cause) => change({ cause })}
            options={choices?.causes.map((cause) => ({ value: cause.code, label: cause[locale] }))}
            disabled={disabled}
          />
        </div>
      </div>
      <div className={styles.field}>
        <span id={`${id}-result`}>{t('wrapup.result')}</span>
        <Segmented<WrapUpResult>
          aria-labelledby={`${id}-result`}
          block
          value={values.result}
          onChange={(result) => change({ result })}
          options={RESULTS.map((value) => ({ value, label: t(`wrapup.result_${value}`) }))}
          disabled={disabled}
        />
      </div>
      <div className={styles.field}>
        <label htmlFor={`${id}-summary`}>
          {t('wrapup.summary')} <small>{t('wrapup.extract')}</small>
        </label>
        <Input.TextArea
          id={`${id}-summary`}
          value={values.summary}
          onChange={(event) => change({ summary: event.target.value })}
          placeholder={t('wrapup.empty')}
          autoSize={{ minRows: 3, maxRows: 9 }}
          maxLength={4000}
          disabled={disabled}
        />
      </div>
    </>
  );
}

function categories(choices: Choices | undefined, locale: 'zh' | 'en') {
  return choices?.groups.map((group) => ({
    label: group[locale],
    options: group.categories.map((category) => ({ value: category, label: intentName(category, locale) })),
  }));
}
