import { useMutation, useQueryClient } from '@tanstack/react-query';
import { App, Form, Input, Modal } from 'antd';
import { useTranslation } from 'react-i18next';
import { DEPARTMENTS } from '@/shared/people';

export interface Naming {
  title: string;
  /** Empty: it is new. */
  name: string;
  /** Only what is new and needs one has a code. */
  code?: string;
  save: (name: string, code: string) => Promise<unknown>;
}

interface Entry {
  name: string;
  code?: string;
}

/** Asks what a department or a team is called. */
export function NameDialog({ title, name, code, save, onClose }: Naming & { onClose: () => void }) {
  const { t } = useTranslation();
  const { message } = App.useApp();
  const queries = useQueryClient();
  const [form] = Form.useForm<Entry>();
  const keep = useMutation({
    mutationFn: (entry: Entry) => save(entry.name.trim(), entry.code ?? ''),
    onSuccess: async (_, entry) => {
      void message.success(t(name ? 'people.saved' : 'people.added', { name: entry.name.trim() }));
      await queries.invalidateQueries({ queryKey: DEPARTMENTS });
      onClose();
    },
    onError: (problem) => form.setFields([{ name: code === undefined ? 'name' : 'code', errors: [problem.message] }]),
  });
  return (
    <Modal
      open
      title={title}
      okText={t('people.save')}
      cancelText={t('app.cancel')}
      confirmLoading={keep.isPending}
      onOk={form.submit}
      onCancel={onClose}
      destroyOnHidden
    >
      <Form<Entry>
        form={form}
        layout="vertical"
        requiredMark={false}
        initialValues={{ name, code }}
        onFinish={(entry) => keep.mutate(entry)}
      >
        <Form.Item
          name="name"
          label={t('people.placeName')}
          rules={[{ required: true, whitespace: true, message: t('people.nameMissing') }]}
        >
          <Input maxLength={60} autoFocus autoComplete="off" />
        </Form.Item>
        {code !== undefined && (
          <Form.Item
            name="code"
            label={t('people.code')}
            extra={t('people.codeHint')}
            rules={[{ required: true, pattern: /^[a-z][a-z0-9_]{1,39}$/, message: t('people.codeBad') }]}
          >
            <Input maxLength={40} autoComplete="off" spellCheck={false} />
          </Form.Item>
        )}
      </Form>
    </Modal>
  );
}
