import '@/i18n/pages/integrations';
import { PlusOutlined } from '@ant-design/icons';
import { useQuery } from '@tanstack/react-query';
import { Button, Empty, Modal, Skeleton, Typography } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { api, type Webhook, type WriteWebhook } from '@/shared/api';
import columns from '@/shared/columns.module.css';
import { Failed } from '@/shared/Failed';
import styles from './integrations.module.css';
import { Opened } from './Opened';
import { useDo, WEBHOOKS } from './useDo';
import { WebhookForm } from './WebhookForm';
import { hostOf } from './words';

const BLANK: WriteWebhook = { name: '', url: '', event_types: [], enabled: true };
const NEW = 'new';

/** Webhooks: who is told what happens here, with which secret, and what became of each delivery. */
export default function IntegrationsPage() {
  const { t } = useTranslation();
  const [chosen, setChosen] = useState<string | null>(null);
  const [secret, setSecret] = useState<string | null>(null);
  const { busy, run } = useDo();
  const webhooks = useQuery({ queryKey: [WEBHOOKS], queryFn: () => api.webhooks() });
  const opened = webhooks.data?.find(({ id }) => id === chosen);

  const create = async (draft: WriteWebhook) => {
    const made = await run(() => api.addWebhook(draft));
    if (!made) return;
    setChosen(made.webhook.id);
    setSecret(made.secret);
  };

  return (
    <main className={styles.page}>
      <header className={styles.top}>
        <h1>{t('integrations.title')}</h1>
        <p>{t('integrations.hint')}</p>
      </header>
      <div className={columns.columns}>
        <section className={columns.list} aria-label={t('integrations.list')}>
          {webhooks.data && (
            <div className={columns.bar}>
              <Button type="primary" icon={<PlusOutlined aria-hidden />} onClick={() => setChosen(NEW)}>
                {t('integrations.add')}
              </Button>
            </div>
          )}
          {webhooks.isPending && <Skeleton active />}
          <Failed query={webhooks} />
          {webhooks.data?.length === 0 && (
            <Empty image={Empty.PRESENTED_IMAGE_SIMPLE} description={t('integrations.empty')} />
          )}
          {webhooks.data && webhooks.data.length > 0 && (
            <ul>
              {webhooks.data.map((webhook) => (
                <li key={webhook.id}>
                  <button type="button" aria-current={webhook.id === chosen} onClick={() => setChosen(webhook.id)}>
                    <ListLine webhook={webhook} />
                  </button>
                </li>
              ))}
            </ul>
          )}
        </section>
        <section className={styles.open}>
          {chosen === NEW && (
            <>
              <h2>{t('integrations.add')}</h2>
              <WebhookForm
                kept={BLANK}
                label={t('integrations.create')}
                busy={busy}
                onSave={create}
                onCancel={() => setChosen(null)}
              />
            </>
          )}
          {opened && <Opened key={opened.id} webhook={opened} onSecret={setSecret} onRemoved={() => setChosen(null)} />}
          {webhooks.data && chosen === null && (
            <Empty image={Empty.PRESENTED_IMAGE_SIMPLE} description={t('integrations.choose')} />
          )}
        </section>
      </div>
      <Modal
        open={secret !== null}
        title={t('integrations.secret')}
        closable={false}
        footer={
          <Button type="primary" onClick={() => setSecret(null)}>
            {t('integrations.done')}
          </Button>
        }
      >
        <p>{t('integrations.secretOnce')}</p>
        <Typography.Text code copyable>
          {secret}
        </Typography.Text>
      </Modal>
    </main>
  );
}

function ListLine({ webhook }: { webhook: Webhook }) {
  const { t } = useTranslation();
  return (
    <>
      <span className={columns.lineTop}>
        <b title={webhook.name}>{webhook.name}</b>
        {!webhook.enabled && <span className={`${styles.state} ${styles.pending}`}>{t('integrations.disabled')}</span>}
      </span>
      <span className={columns.lineText}>{hostOf(webhook.url)}</span>
      {webhook.failed > 0 && (
        <span>
          <span className={`${styles.state} ${styles.failed}`}>
            {t('integrations.failing', { count: webhook.failed })}
          </span>
        </span>
      )}
    </>
  );
}
