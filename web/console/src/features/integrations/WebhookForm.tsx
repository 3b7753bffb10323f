import { useQuery } from '@tanstack/react-query';
import { Button, Form, Input, Select, Switch } from 'antd';
import { useTranslation } from 'react-i18next';
import { api, type WriteWebhook } from '@/shared/api';
import styles from './integrations.module.css';
import { WEBHOOKS } from './useDo';
import { eventName } from './words';

interface Props {
  kept: WriteWebhook;
  label: string;
  busy: boolean;
  onSave: (draft: WriteWebhook) => Promise<void>;
  onCancel?: () => void;
}

/** Name, address and events of a webhook. */
export function WebhookForm({ kept, label, busy, onSave, onCancel }: Props) {
  const { t } = useTranslation();
  const types = useQuery({
    queryKey: [WEBHOOKS, 'types'],
    queryFn: () => api.webhookEventTypes(),
    staleTime: Number.POSITIVE_INFINITY,
  });
  return (
    <Form<WriteWebhook> layout="vertical" initialValues={kept} onFinish={(draft) => void onSave(draft)} disabled={busy}>
      <Form.Item name="name" label={t('integrations.name')} rules={[{ required: true, whitespace: true }]}>
        <Input maxLength={60} placeholder={t('integrations.namePlaceholder')} />
      </Form.Item>
      <Form.Item name="url" label={t('integrations.url')} rules={[{ required: true, type: 'url' }]}>
        <Input maxLength={500} placeholder="https://" inputMode="url" />
      </Form.Item>
      <Form.Item name="event_types" label={t('integrations.events')} rules={[{ required: true }]}>
        <Select
          mode="multiple"
          loading={types.isPending}
          placeholder={t('integrations.eventsHint')}
          options={(types.data ?? []).map((value) => ({ value, label: eventName(value, t) }))}
          showSearch={{ optionFilterProp: 'label' }}
        />
      </Form.Item>
      <Form.Item name="enabled" label={t('integrations.enabled')} valuePropName="checked">
        <Switch />
      </Form.Item>
      <span className={styles.end}>
        <Button type="primary" htmlType="submit" loading={busy}>
          {label}
        </Button>
        {onCancel && <Button onClick={onCancel}>{t('integrations.cancel')}</Button>}
      </span>
    </Form>
  );
}
