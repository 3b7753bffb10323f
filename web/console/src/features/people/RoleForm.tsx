import { useMutation, useQueryClient } from '@tanstack/react-query';
import { Alert, App, Button, Form, Input } from 'antd';
import { useTranslation } from 'react-i18next';
import { Problem } from '@/shared/api';
import { people, ROLES, type Role } from '@/shared/people';
import { PermissionBoxes } from './PermissionBoxes';
import styles from './people.module.css';
import { lost, type RoleDraft } from './roles';

interface Props {
  /** None: it is new. */
  role: Role | null;
  kept: RoleDraft;
  /** Which one `kept` is of. */
  version: number;
  onChanged: () => void;
  onSaved: (role: Role) => void;
}

/** What a role is called, what it is for, and what it permits. */
export function RoleForm({ role, kept, version, onChanged, onSaved }: Props) {
  const { t } = useTranslation();
  const { message, modal } = App.useApp();
  const queries = useQueryClient();
  const [form] = Form.useForm<RoleDraft>();
  const save = useMutation({
    mutationFn: (draft: RoleDraft) =>
      role ? people.changeRole(role.id, { ...draft, version }) : people.makeRole(draft),
    onSuccess: async (saved) => {
      await queries.invalidateQueries({ queryKey: ROLES });
      void message.success(t(role ? 'roles.saved' : 'roles.made', { name: saved.name }));
      onSaved(saved);
    },
    onError: (problem) => {
      void queries.invalidateQueries({ queryKey: ROLES }); // what somebody else has just made of it
      if (isTaken(problem)) form.setFields([{ name: 'name', errors: [problem.message] }]);
    },
  });
  const submit = (draft: RoleDraft) => {
    const taken = lost(kept, draft);
    if (!role?.holders || taken.length === 0) return save.mutate(draft);
    modal.confirm({
      title: t('roles.lose', { count: taken.length }),
      content: t('roles.loseText', {
        name: role.name,
        count: role.holders,
        permissions: taken.map((one) => t(`permission.${one}`)).join(t('roles.comma')),
      }),
      okText: t('roles.loseYes'),
      onOk: () => save.mutate(draft),
    });
  };
  return (
    <Form<RoleDraft>
      form={form}
      layout="vertical"
      requiredMark={false}
      initialValues={kept}
      onFinish={submit}
      onValuesChange={onChanged}
      className={`${styles.form} ${styles.wide}`}
    >
      <Form.Item
        name="name"
        label={t('roles.name')}
        rules={[{ required: true, whitespace: true, message: t('roles.nameMissing') }]}
      >
        <Input maxLength={60} autoComplete="off" autoFocus={!role} />
      </Form.Item>
      <Form.Item name="description" label={t('roles.description')}>
        <Input maxLength={300} autoComplete="off" placeholder={t('roles.descriptionHint')} />
      </Form.Item>
      <Form.Item
        name="permissions"
        label={t('roles.permissions')}
        htmlFor=""
        extra={t('roles.permissionsHint')}
        rules={[{ type: 'array', required: true, message: t('roles.permissionsMissing') }]}
      >
        <PermissionBoxes />
      </Form.Item>
      {save.error && !isTaken(save.error) && <Alert type="error" title={save.error.message} role="alert" showIcon />}
      <Button type="primary" htmlType="submit" loading={save.isPending}>
        {t(role ? 'roles.save' : 'roles.create')}
      </Button>
    </Form>
  );
}

const isTaken = (problem: Error) => problem instanceof Problem && problem.code === 'name_taken';
