import { useMutation, useQueryClient } from '@tanstack/react-query';
import { Alert, App, Button, Form, Input } from 'antd';
import { useTranslation } from 'react-i18next';
import '@/i18n/pages/password';
import { Problem } from '@/shared/api';
import { people } from '@/shared/people';
import { useMe } from '@/shared/session';
import styles from './people.module.css';

interface Entry {
  current: string;
  next: string;
  repeated: string;
}

const FIELDS: Record<string, keyof Entry> = { current_password_wrong: 'current', password_refused: 'next' };

/** Another password for oneself; the present one is asked for, since somebody may have left their desk. */
export function PasswordForm() {
  const { t } = useTranslation();
  const { message } = App.useApp();
  const queries = useQueryClient();
  const { staff } = useMe();
  const [form] = Form.useForm<Entry>();
  const change = useMutation({
    mutationFn: ({ current, next }: Entry) => people.changePassword(current, next),
    onSuccess: async () => {
      form.resetFields();
      void message.success(t('account.changed'));
      await queries.invalidateQueries({ queryKey: ['sessions'] });
    },
    onError: (problem) => {
      const name = problem instanceof Problem && FIELDS[problem.code];
      if (name) form.setFields([{ name, errors: [problem.message] }]);
    },
  });
  const beside = change.error instanceof Problem && change.error.code in FIELDS;
  const required = [{ required: true, message: t('password.missing') }];
  return (
    <Form<Entry>
      form={form}
      layout="vertical"
      requiredMark={false}
      onFinish={change.mutate}
      className={styles.password}
    >
      <input type="text" value={staff.login} autoComplete="username" readOnly hidden />
      <Form.Item name="current" label={t('account.current')} rules={required}>
        <Input.Password autoComplete="current-password" maxLength={200} />
      </Form.Item>
      <Form.Item name="next" label={t('account.next')} extra={t('password.hint')} rules={required}>
        <Input.Password autoComplete="new-password" maxLength={200} />
      </Form.Item>
      <Form.Item
        name="repeated"
        label={t('account.repeat')}
        dependencies={['next']}
        rules={[
          ({ getFieldValue }) => ({
            validator: async (_, repeated) => {
              if (repeated !== getFieldValue('next')) throw new Error(t('password.differs'));
            },
          }),
        ]}
      >
        <Input.Password autoComplete="new-password" maxLength={200} />
      </Form.Item>
      {change.error && !beside && <Alert type="error" title={change.error.message} role="alert" showIcon />}
      <Button type="primary" htmlType="submit" loading={change.isPending}>
        {t('account.change')}
      </Button>
    </Form>
  );
}
