import { DeleteOutlined } from '@ant-design/icons';
import { useQueryClient } from '@tanstack/react-query';
import { Button, Empty, InputNumber, Popconfirm, Select } from 'antd';
import { useTranslation } from 'react-i18next';
import { type AbleMember, api, type SkillTable, type StaffAbilities } from '@/shared/api';
import { AddSkill } from './AddSkill';
import { CHANNELS, withGrade, withLimit, withMember } from './abilities';
import styles from './skills.module.css';
import { useSaving } from './useSaving';

const GRADES = [1, 2, 3, 4, 5].map((grade) => ({ value: grade, label: String(grade) }));

/** One row for each who serves customers, one column for each skill and channel. Every cell saves itself. */
export function Grades({ table: { skills, staff } }: { table: SkillTable }) {
  const { t } = useTranslation();
  const saving = useSaving('skills');
  const queries = useQueryClient();
  const save = (member: AbleMember, abilities: StaffAbilities) => {
    // shown at once, so that a second change of the row before the answer keeps the first
    queries.setQueryData<SkillTable>(['skills'], (known) => known && withMember(known, { ...member, ...abilities }));
    saving.mutate(() => api.setAbilities(member.staff_id, abilities));
  };
  return (
    <>
      <p className={styles.hint}>{skills.length > 0 ? t('skills.hint') : t('skills.empty')}</p>
      <AddSkill taken={skills.map((skill) => skill.code)} onAdd={saving.mutate} />
      {staff.length === 0 && <Empty image={Empty.PRESENTED_IMAGE_SIMPLE} description={t('skills.noStaff')} />}
      {staff.length > 0 && (
        // biome-ignore lint/a11y/noNoninteractiveTabindex: a scrolling region must be reachable by keyboard
        <section className={styles.scroll} aria-label={t('skills.table')} tabIndex={0}>
          <table className={styles.table}>
            <thead>
              <tr>
                <th scope="col" rowSpan={2}>
                  {t('skills.staff')}
                </th>
                {skills.map((skill) => (
                  <th key={skill.code} scope="col" rowSpan={2}>
                    <small>{t(`skills.category_${skill.category}`)}</small>
                    <span className={styles.name}>
                      <b title={skill.name}>{skill.name}</b>
                      <Popconfirm
                        title={t('skills.removeSure', { name: skill.name })}
                        okText={t('skills.removeYes')}
                        onConfirm={() => saving.mutate(() => api.deleteSkill(skill.code))}
                      >
                        <Button
                          type="text"
                          size="small"
                          icon={<DeleteOutlined />}
                          aria-label={t('skills.remove', { name: skill.name })}
                        />
                      </Popconfirm>
                    </span>
                    <code>{skill.code}</code>
                  </th>
                ))}
                <th scope="colgroup" colSpan={CHANNELS.length}>
                  {t('skills.limits')}
                </th>
              </tr>
              <tr>
                {CHANNELS.map((channel) => (
                  <th key={channel} scope="col">
                    {t(`skills.channel_${channel}`)}
                  </th>
                ))}
              </tr>
            </thead>
            <tbody>
              {staff.map((member) => (
                <tr key={member.staff_id}>
                  <th scope="row" title={member.name}>
                    {member.name}
                  </th>
                  {skills.map((skill) => (
                    <td key={skill.code}>
                      <Select
                        className={styles.grade}
                        value={member.grades[skill.code] ?? null}
                        options={[{ value: null, label: t('skills.none') }, ...GRADES]}
                        aria-label={t('skills.grade', { person: member.name, skill: skill.name })}
                        onChange={(grade) => save(member, withGrade(member, skill.code, grade))}
                      />
                    </td>
                  ))}
                  {CHANNELS.map((channel) => (
                    <td key={channel}>
                      <InputNumber
                        className={styles.limit}
                        min={0}
                        max={50}
                        value={member.limits[channel] ?? null}
                        placeholder={t('skills.unlimited')}
                        aria-label={t('skills.limitOf', {
                          person: member.name,
                          channel: t(`skills.channel_${channel}`),
                        })}
                        changeOnWheel={false}
                        onChange={(most) => save(member, withLimit(member, channel, most))}
                      />
                    </td>
                  ))}
                </tr>
              ))}
            </tbody>
          </table>
        </section>
      )}
    </>
  );
}
