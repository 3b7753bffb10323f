/** What changes when one cell of the table does; pure. */
import type { AbleMember, SkillTable, StaffAbilities } from '@/shared/api';

/** The channels whose load can be limited. */
export const CHANNELS = ['web', 'email', 'voice'] as const;

/** No grade: not able. */
export function withGrade({ grades, limits }: AbleMember, skill: string, grade: number | null): StaffAbilities {
  const { [skill]: _, ...others } = grades;
  return { grades: grade === null ? others : { ...others, [skill]: grade }, limits };
}

/** No limit: as many as their capacity allows. */
export function withLimit({ grades, limits }: AbleMember, channel: string, most: number | null): StaffAbilities {
  const { [channel]: _, ...others } = limits;
  return { grades, limits: most === null ? others : { ...others, [channel]: most } };
}

export function withMember(table: SkillTable, changed: AbleMember): SkillTable {
  return { ...table, staff: table.staff.map((one) => (one.staff_id === changed.staff_id ? changed : one)) };
}
