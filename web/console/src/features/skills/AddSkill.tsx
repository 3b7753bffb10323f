import { Button, Form, Input, Select } from 'antd';
import { useTranslation } from 'react-i18next';
import { api, type SkillCategory } from '@/shared/api';
import styles from './skills.module.css';

interface Draft {
  name: string;
  code: string;
  category: SkillCategory;
}

interface Props {
  taken: string[];
  onAdd: (save: () => Promise<unknown>) => void;
}

const CATEGORIES: SkillCategory[] = ['language', 'product', 'after_sale', 'complaint', 'other'];

/** A new skill, in one line. */
export function AddSkill({ taken, onAdd }: Props) {
  const { t } = useTranslation();
  const [form] = Form.useForm<Draft>();
  const add = ({ name, code, category }: Draft) => {
    onAdd(() => api.putSkill(code, { name: name.trim(), category }));
    form.resetFields();
  };
  return (
    <Form
      form={form}
      className={styles.add}
      layout="inline"
      initialValues={{ category: 'other' }}
      colon={false}
      requiredMark={false}
      onFinish={add}
    >
      <Form.Item name="name" label={t('skills.name')} rules={[{ required: true, whitespace: true, message: '' }]}>
        <Input maxLength={40} placeholder={t('skills.namePlaceholder')} />
      </Form.Item>
      <Form.Item
        name="code"
        label={t('skills.code')}
        tooltip={t('skills.codeHint')}
        rules={[
          { required: true, pattern: /^[a-z][a-z0-9_.-]{0,29}$/, message: '' },
          { validator: (_, code: string) => (taken.includes(code) ? Promise.reject(new Error()) : Promise.resolve()) },
        ]}
      >
        <Input maxLength={30} placeholder="complaint" />
      </Form.Item>
      <Form.Item name="category" label={t('skills.category')}>
        <Select
          className={styles.category}
          options={CATEGORIES.map((one) => ({ value: one, label: t(`skills.category_${one}`) }))}
        />
      </Form.Item>
      <Button htmlType="submit" type="primary">
        {t('skills.add')}
      </Button>
    </Form>
  );
}
