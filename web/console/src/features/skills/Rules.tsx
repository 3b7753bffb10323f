import { DeleteOutlined, PlusOutlined } from '@ant-design/icons';
import { useQuery } from '@tanstack/react-query';
import { Button, Form, InputNumber, Select, Skeleton } from 'antd';
import { useTranslation } from 'react-i18next';
import { api, type DispatchRules } from '@/shared/api';
import { Failed } from '@/shared/Failed';
import styles from './skills.module.css';
import { useSaving } from './useSaving';

/** Each limit with the least and the most that it can be. */
const LIMITS = [
  ['answer_seconds', 20, 3600],
  ['misses', 1, 20],
  ['offline_seconds', 0, 86_400],
  ['away_seconds', 0, 86_400],
  ['hours_in_a_row', 0.5, 24],
  ['per_hour', 1, 1000],
  ['rest_minutes', 1, 120],
  ['remember_days', 0, 365],
  ['widen_seconds', 10, 86_400],
  ['callback_seconds', 0, 86_400],
] as const;

/** The organisation's limits of dispatch, and which team helps which. */
export function Rules() {
  const rules = useQuery({ queryKey: ['dispatchRules'], queryFn: api.dispatchRules });
  if (rules.isPending) return <Skeleton active paragraph={{ rows: 8 }} />;
  if (rules.isError) return <Failed query={rules} />;
  return <Editor rules={rules.data} />;
}

function Editor({ rules }: { rules: DispatchRules }) {
  const { t } = useTranslation();
  const saving = useSaving('dispatchRules');
  const departments = useQuery({ queryKey: ['departments'], queryFn: api.departments });
  const teams = (departments.data ?? []).flatMap((department) =>
    department.teams.map(({ id, name }) => ({ value: id, label: name })),
  );
  const required = [{ required: true, message: '' }];
  return (
    <Form<DispatchRules>
      initialValues={rules}
      colon={false}
      requiredMark={false}
      onFinish={(wanted) => saving.mutate(() => api.setDispatchRules({ ...wanted, overflow: wanted.overflow ?? [] }))}
    >
      <div className={styles.limits}>
        {LIMITS.map(([name, min, max]) => (
          <Form.Item key={name} name={['limits', name]} label={t(`skills.${name}`)} rules={required}>
            <InputNumber min={min} max={max} />
          </Form.Item>
        ))}
      </div>
      <h2>{t('skills.overflow')}</h2>
      <p className={styles.hint}>{t('skills.overflowHint')}</p>
      <Form.List name="overflow">
        {(fields, { add, remove }) => (
          <>
            {fields.map(({ key, name }) => (
              <div key={key} className={styles.overflow}>
                <Form.Item name={[name, 'team_id']} label={t('skills.from')} rules={required}>
                  <Select options={teams} />
                </Form.Item>
                <Form.Item name={[name, 'to_team_id']} label={t('skills.to')} rules={required}>
                  <Select options={teams} />
                </Form.Item>
                <Form.Item name={[name, 'after_seconds']} label={t('skills.after')} rules={required}>
                  <InputNumber min={10} max={86_400} />
                </Form.Item>
                <Button
                  type="text"
                  icon={<DeleteOutlined />}
                  aria-label={t('skills.removeOverflow', { count: name + 1 })}
                  onClick={() => remove(name)}
                />
              </div>
            ))}
            <Button icon={<PlusOutlined />} onClick={() => add({ after_seconds: 120 })}>
              {t('skills.addOverflow')}
            </Button>
          </>
        )}
      </Form.List>
      <div className={styles.actions}>
        <Button type="primary" htmlType="submit" loading={saving.isPending}>
          {t('skills.save')}
        </Button>
      </div>
    </Form>
  );
}
