import { useQuery } from '@tanstack/react-query';
import { Button, Dropdown, Input, InputNumber, Segmented, Select } from 'antd';
import { useDeferredValue, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import type { Tier } from '@/client/types.gen';
import { api } from '@/shared/api';
import { articles } from '@/shared/articles';
import { Field } from '@/shared/Field';
import { usePreferences } from '@/shared/preferences';
import styles from './articles.module.css';
import { type Form, isSlug } from './form';
import { Preview } from './Preview';

interface Props {
  form: Form;
  onChange: (form: Form) => void;
  /** Its name can still be chosen. */
  isNew?: boolean;
}

const TIERS: Tier[] = ['general', 'professional', 'rare'];

/** All that an article says, and beside it how customers will read it. */
export function ArticleForm({ form, onChange, isNew = false }: Props) {
  const { t } = useTranslation();
  const put = (changes: Partial<Form>) => onChange({ ...form, ...changes });
  return (
    <div className={styles.form}>
      <div className={styles.fields}>
        <Field label={t('article.title')} required>
          <Input value={form.title} maxLength={120} onChange={(event) => put({ title: event.target.value })} />
        </Field>
        {isNew && (
          <Field label={t('article.slug')} required hint={t('article.slugHint')}>
            <Input
              value={form.slug}
              maxLength={80}
              status={form.slug && !isSlug(form.slug) ? 'error' : undefined}
              onChange={(event) => put({ slug: event.target.value })}
            />
          </Field>
        )}
        <Field label={t('article.tier')} hint={form.tier === 'professional' ? t('article.fourEyes') : undefined}>
          <Segmented
            value={form.tier}
            onChange={(tier) => put({ tier })}
            options={TIERS.map((value) => ({ value, label: t(`article.tier_${value}`) }))}
          />
        </Field>
        <Field label={t('article.topic')} required>
          <Input value={form.topic} maxLength={40} onChange={(event) => put({ topic: event.target.value })} />
        </Field>
        <Field label={t('article.questions')} hint={t('article.questionsHint')}>
          <Input.TextArea
            value={form.questions}
            autoSize={{ minRows: 3, maxRows: 10 }}
            onChange={(event) => put({ questions: event.target.value })}
          />
        </Field>
        <Body form={form} onChange={(body) => put({ body })} />
        <Scope form={form} onChange={put} />
        <Keeping form={form} onChange={put} />
        {!isNew && (
          <Field label={t('article.note')}>
            <Input value={form.note} maxLength={500} onChange={(event) => put({ note: event.target.value })} />
          </Field>
        )}
      </div>
      <Preview body={useDeferredValue(form.body)} />
    </div>
  );
}

function Body({ form, onChange }: { form: Form; onChange: (body: string) => void }) {
  const { t } = useTranslation();
  const { locale } = usePreferences();
  const box = useRef<HTMLDivElement>(null);
  const variables = useQuery({
    queryKey: ['article-variables'],
    queryFn: articles.variables,
    staleTime: Number.POSITIVE_INFINITY,
  });
  const insert = (name: string) => {
    const field = box.current?.querySelector('textarea');
    const from = field?.selectionStart ?? form.body.length;
    const to = field?.selectionEnd ?? from;
    onChange(`${form.body.slice(0, from)}{{${name}}}${form.body.slice(to)}`);
    field?.focus();
  };
  return (
    <div ref={box} className={styles.body}>
      <Field label={t('article.body')} required>
        <Input.TextArea
          value={form.body}
          autoSize={{ minRows: 10, maxRows: 30 }}
          onChange={(event) => onChange(event.target.value)}
        />
      </Field>
      <Dropdown
        trigger={['click']}
        menu={{
          items: variables.data?.map((one) => ({
            key: one.name,
            label: `${one[locale]} · ${one.value ?? t('article.unset')}`,
          })),
          onClick: ({ key }) => insert(key),
        }}
      >
        <Button size="small">{t('article.insert')}</Button>
      </Dropdown>
    </div>
  );
}

interface PartProps {
  form: Form;
  onChange: (changes: Partial<Form>) => void;
}

function Scope({ form, onChange }: PartProps) {
  const { t } = useTranslation();
  const shops = useQuery({ queryKey: ['shops'], queryFn: api.shops });
  return (
    <fieldset className={styles.row}>
      <legend>{t('article.scope')}</legend>
      <Field label={t('article.shops')} hint={t('article.scopeHint')}>
        <Select
          mode="multiple"
          value={form.shops}
          onChange={(value) => onChange({ shops: value })}
          options={shops.data?.map(({ shop, name }) => ({ value: shop, label: name }))}
        />
      </Field>
      <Field label={t('article.channels')}>
        <Select mode="tags" value={form.channels} onChange={(channels) => onChange({ channels })} />
      </Field>
      <Field label={t('article.products')}>
        <Select mode="tags" value={form.products} onChange={(products) => onChange({ products })} />
      </Field>
    </fieldset>
  );
}

function Keeping({ form, onChange }: PartProps) {
  const { t } = useTranslation();
  return (
    <div className={styles.row}>
      <Field label={t('article.validFrom')}>
        <Input type="date" value={form.valid_from} onChange={(event) => onChange({ valid_from: event.target.value })} />
      </Field>
      <Field label={t('article.validUntil')}>
        <Input
          type="date"
          value={form.valid_until}
          onChange={(event) => onChange({ valid_until: event.target.value })}
        />
      </Field>
      <Field label={t('article.reviewEvery')}>
        <InputNumber
          min={1}
          max={1095}
          value={form.review_every_days}
          onChange={(value) => onChange({ review_every_days: value ?? 180 })}
        />
      </Field>
      <Field label={t('article.ownerRole')}>
        <Input
          value={form.owner_role}
          maxLength={40}
          onChange={(event) => onChange({ owner_role: event.target.value })}
        />
      </Field>
    </div>
  );
}
