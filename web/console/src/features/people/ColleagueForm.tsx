import { useMutation, useQueryClient } from '@tanstack/react-query';
import { Alert, App, Button, Form, Input, Segmented, Select } from 'antd';
import { useTranslation } from 'react-i18next';
import type { Department } from '@/shared/api';
import { Problem } from '@/shared/api';
import { type Colleague, type Invitation, people, STAFF } from '@/shared/people';
import { bodyOf, changesOf, type Draft, FIELD_OF, placeOptions } from './drafts';
import styles from './people.module.css';
import { RoleGrants } from './RoleGrants';

interface Props {
  /** None: somebody new is invited. */
  id: string | null;
  kept: Draft;
  departments: Department[];
  onChanged: () => void;
  onSaved: (colleague: Colleague, invitation?: Invitation) => void;
}

/** Name, roles and memberships of a colleague, and the login name of a new one. */
export function ColleagueForm({ id, kept, departments, onChanged, onSaved }: Props) {
  const { t } = useTranslation();
  const { message } = App.useApp();
  const queries = useQueryClient();
  const [form] = Form.useForm<Draft>();
  const save = useMutation({
    mutationFn: async (draft: Draft) => {
      if (!id) return people.invite({ ...bodyOf(draft, departments), login: draft.login.trim() });
      return { staff: await people.change(id, changesOf(kept, draft, departments)), invitation: undefined };
    },
    onSuccess: async ({ staff, invitation }) => {
      for (const key of [STAFF, 'roles', 'colleagues', 'skills']) void queries.invalidateQueries({ queryKey: [key] });
      if (id) void message.success(t('people.saved', { name: staff.display_name }));
      onSaved(staff, invitation);
    },
    onError: (problem) => {
      const name = problem instanceof Problem && FIELD_OF[problem.code];
      if (name) form.setFields([{ name, errors: [problem.message] }]);
    },
  });
  const beside = save.error instanceof Problem && save.error.code in FIELD_OF;
  return (
    <Form<Draft>
      form={form}
      layout="vertical"
      requiredMark={false}
      initialValues={kept}
      onFinish={(draft) => save.mutate({ ...kept, ...draft })}
      onValuesChange={onChanged}
      className={styles.form}
    >
      <Form.Item
        name="display_name"
        label={t('people.name')}
        extra={t('people.nameHint')}
        rules={[{ required: true, whitespace: true, message: t('people.nameMissing') }]}
      >
        <Input maxLength={60} autoComplete="off" />
      </Form.Item>
      {!id && (
        <Form.Item
          name="login"
          label={t('people.login')}
          extra={t('people.loginHint')}
          rules={[{ required: true, whitespace: true, message: t('people.loginMissing') }]}
        >
          <Input maxLength={100} autoComplete="off" spellCheck={false} />
        </Form.Item>
      )}
      <Form.Item name="roles" label={t('people.roles')} htmlFor="">
        <RoleGrants />
      </Form.Item>
      <Form.Item name="memberships" label={t('people.memberships')} extra={t('people.membershipsHint')}>
        <Select
          mode="multiple"
          options={placeOptions(departments)}
          showSearch={{ optionFilterProp: 'label' }}
          placeholder={t('people.noPlace')}
          maxCount={50}
        />
      </Form.Item>
      {!id && (
        <Form.Item name="locale" label={t('people.locale')} htmlFor="">
          <Segmented
            aria-label={t('people.locale')}
            options={[
              { value: 'zh', label: '中文' },
              { value: 'en', label: 'English' },
            ]}
          />
        </Form.Item>
      )}
      {save.error && !beside && <Alert type="error" title={save.error.message} role="alert" showIcon />}
      <Button type="primary" htmlType="submit" loading={save.isPending}>
        {t(id ? 'people.save' : 'people.send')}
      </Button>
    </Form>
  );
}
