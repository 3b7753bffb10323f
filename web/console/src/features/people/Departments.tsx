import { EditOutlined, PlusOutlined, TeamOutlined } from '@ant-design/icons';
import { Button, Empty, Skeleton } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Again } from '@/shared/Again';
import type { Department } from '@/shared/api';
import { people, useDepartments } from '@/shared/people';
import { useMay } from '@/shared/session';
import { placeKey } from './drafts';
import { NameDialog, type Naming } from './NameDialog';
import styles from './people.module.css';

/** Departments and their teams: seen by all, made and renamed by who manages staff. */
export function Departments({ onSee }: { onSee: (place: string) => void }) {
  const { t } = useTranslation();
  const manages = useMay('staff.manage');
  const departments = useDepartments();
  const [naming, setNaming] = useState<Naming | null>(null);
  return (
    <>
      {manages && (
        <div>
          <Button
            type="primary"
            icon={<PlusOutlined aria-hidden />}
            onClick={() => setNaming({ title: t('people.addDepartment'), name: '', code: '', save: addDepartment })}
          >
            {t('people.addDepartment')}
          </Button>
        </div>
      )}
      {departments.isPending && <Skeleton active />}
      {departments.error && (
        <p role="alert">
          {departments.error.message} <Again query={departments} />
        </p>
      )}
      {departments.data?.length === 0 && (
        <Empty image={Empty.PRESENTED_IMAGE_SIMPLE} description={t('people.noDepartments')} />
      )}
      <div className={styles.cards}>
        {departments.data?.map((department) => (
          <DepartmentCard
            key={department.id}
            department={department}
            onSee={onSee}
            onName={manages ? setNaming : null}
          />
        ))}
      </div>
      {naming && <NameDialog {...naming} onClose={() => setNaming(null)} />}
    </>
  );
}

const addDepartment = (name: string, code: string) => people.addDepartment(code, name);

interface CardProps {
  department: Department;
  onSee: (place: string) => void;
  /** None: for who only reads. */
  onName: ((naming: Naming) => void) | null;
}

function DepartmentCard({ department: { id, code, name, teams }, onSee, onName }: CardProps) {
  const { t } = useTranslation();
  const rename = (title: string, kept: string, save: Naming['save']) => onName?.({ title, name: kept, save });
  return (
    <section className={styles.card} aria-label={name}>
      <Place name={name} onSee={() => onSee(placeKey({ department_id: id }))} heading>
        {onName && (
          <Button
            type="text"
            size="small"
            icon={<EditOutlined aria-hidden />}
            aria-label={t('people.rename', { name })}
            onClick={() => rename(t('people.renameDepartment'), name, (to) => people.renameDepartment(id, to))}
          />
        )}
      </Place>
      <code>{code}</code>
      <ul className={styles.teams}>
        {teams.map((team) => (
          <li key={team.id}>
            <Place name={team.name} onSee={() => onSee(placeKey({ team_id: team.id }))}>
              {onName && (
                <Button
                  type="text"
                  size="small"
                  icon={<EditOutlined aria-hidden />}
                  aria-label={t('people.rename', { name: team.name })}
                  onClick={() => rename(t('people.renameTeam'), team.name, (to) => people.renameTeam(team.id, to))}
                />
              )}
            </Place>
          </li>
        ))}
        {teams.length === 0 && <li className={styles.soft}>{t('people.noTeams')}</li>}
      </ul>
      {onName && (
        <Button
          size="small"
          icon={<PlusOutlined aria-hidden />}
          aria-label={t('people.addTeamTo', { name })}
          onClick={() => rename(t('people.addTeamTo', { name }), '', (to) => people.addTeam(id, to))}
        >
          {t('people.addTeam')}
        </Button>
      )}
    </section>
  );
}

interface PlaceProps {
  name: string;
  heading?: boolean;
  onSee: () => void;
  children: React.ReactNode;
}

function Place({ name, heading, onSee, children }: PlaceProps) {
  const { t } = useTranslation();
  const Name = heading ? 'h2' : 'span';
  return (
    <div className={styles.place}>
      <Name>{name}</Name>
      {children}
      <Button
        type="text"
        size="small"
        icon={<TeamOutlined aria-hidden />}
        title={t('people.see')}
        aria-label={t('people.seeOf', { name })}
        onClick={onSee}
      />
    </div>
  );
}
