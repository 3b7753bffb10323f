import { useMutation, useQueryClient } from '@tanstack/react-query';
import { Alert, Form, Input, Modal, Segmented } from 'antd';
import { useTranslation } from 'react-i18next';
import { type ApiKeyMade, people } from '@/shared/people';
import type { Permission } from '@/shared/session';
import { expiryAfter, LIFETIMES } from './keys';
import { ScopeBoxes } from './ScopeBoxes';

interface Entry {
  name: string;
  scopes: Permission[];
  days: number;
}

/** Asks what a new key is for, what it may do and for how long. */
export function KeyDialog({ onMade, onClose }: { onMade: (made: ApiKeyMade) => void; onClose: () => void }) {
  const { t } = useTranslation();
  const queries = useQueryClient();
  const [form] = Form.useForm<Entry>();
  const days = Form.useWatch('days', form);
  const make = useMutation({
    mutationFn: ({ name, scopes, days }: Entry) =>
      people.makeKey({ name: name.trim(), scopes, expires_at: expiryAfter(days, Date.now()) }),
    onSuccess: async (made) => {
      await queries.invalidateQueries({ queryKey: ['api-keys'] });
      onMade(made);
    },
  });
  const wordsOf = (lifetime: number) =>
    lifetime === 0 ? t('keys.never') : lifetime === 365 ? t('keys.year') : t('keys.days', { count: lifetime });
  return (
    <Modal
      open
      width={640}
      title={t('keys.add')}
      okText={t('keys.create')}
      cancelText={t('app.cancel')}
      confirmLoading={make.isPending}
      onOk={form.submit}
      onCancel={onClose}
    >
      <Form<Entry>
        form={form}
        layout="vertical"
        requiredMark={false}
        initialValues={{ name: '', scopes: [], days: 90 }}
        onFinish={make.mutate}
      >
        <Form.Item
          name="name"
          label={t('keys.name')}
          rules={[{ required: true, whitespace: true, message: t('keys.nameMissing') }]}
        >
          <Input maxLength={60} placeholder={t('keys.namePlaceholder')} autoFocus autoComplete="off" />
        </Form.Item>
        <Form.Item name="days" label={t('keys.expires')} htmlFor="" extra={days === 0 && t('keys.neverHint')}>
          <Segmented
            aria-label={t('keys.expires')}
            options={LIFETIMES.map((value) => ({ value, label: wordsOf(value) }))}
          />
        </Form.Item>
        <Form.Item
          name="scopes"
          label={t('keys.scopes')}
          htmlFor=""
          rules={[{ type: 'array', required: true, message: t('keys.scopesMissing') }]}
        >
          <ScopeBoxes />
        </Form.Item>
        {make.error && <Alert type="error" title={make.error.message} role="alert" showIcon />}
      </Form>
    </Modal>
  );
}
