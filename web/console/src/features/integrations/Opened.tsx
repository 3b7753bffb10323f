import { App, Button, Space } from 'antd';
import { useTranslation } from 'react-i18next';
import { api, type Webhook } from '@/shared/api';
import { dayAndTime } from '@/shared/time';
import { Deliveries } from './Deliveries';
import styles from './integrations.module.css';
import { useDo } from './useDo';
import { WebhookForm } from './WebhookForm';

interface Props {
  webhook: Webhook;
  onSecret: (secret: string) => void;
  onRemoved: () => void;
}

/** One webhook: its settings, what can be done with it, its log. */
export function Opened({ webhook, onSecret, onRemoved }: Props) {
  const { t } = useTranslation();
  const { modal } = App.useApp();
  const { busy, run } = useDo();

  const rotate = () =>
    modal.confirm({
      title: t('integrations.rotateSure'),
      content: t('integrations.rotateText'),
      okText: t('integrations.rotate'),
      onOk: async () => {
        const rotated = await run(() => api.rotateWebhook(webhook.id, 24));
        if (rotated) onSecret(rotated.secret);
      },
    });
  const remove = () =>
    modal.confirm({
      title: t('integrations.removeSure', { name: webhook.name }),
      content: t('integrations.removeText'),
      okText: t('integrations.remove'),
      okButtonProps: { danger: true },
      onOk: async () => {
        onRemoved(); // first: nothing shown must ask for the log of what is gone
        await run(() => api.dropWebhook(webhook.id), t('integrations.removed'));
      },
    });

  return (
    <>
      <header className={styles.head}>
        <h2>{webhook.name}</h2>
        <Space wrap>
          <Button disabled={busy} onClick={() => void run(() => api.pingWebhook(webhook.id), t('integrations.pinged'))}>
            {t('integrations.ping')}
          </Button>
          <Button disabled={busy} onClick={rotate}>
            {t('integrations.rotate')}
          </Button>
          <Button danger disabled={busy} onClick={remove}>
            {t('integrations.remove')}
          </Button>
        </Space>
        <small>
          {t('integrations.secretHint', { hint: webhook.secret_hint })}
          {webhook.previous_until && ` · ${t('integrations.previous', { time: dayAndTime(webhook.previous_until) })}`}
          {` · ${t('integrations.day', { delivered: webhook.delivered, failed: webhook.failed })}`}
        </small>
      </header>
      <WebhookForm
        kept={webhook}
        label={t('integrations.save')}
        busy={busy}
        onSave={async (draft) => void (await run(() => api.changeWebhook(webhook.id, draft), t('integrations.saved')))}
      />
      <Deliveries webhookId={webhook.id} />
    </>
  );
}
