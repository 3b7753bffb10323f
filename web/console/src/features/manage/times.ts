/** Times of day as minutes since midnight, as fields hold them, and drafts of calendars. */
import type { CalendarBody, Day, DayException, NamedCalendar, Period } from '@/shared/api';

export const MINUTES_OF_DAY = 1440;
const two = (value: number) => String(value).padStart(2, '0');

/** What a field shows: midnight at the end of a day is 00:00 there. */
export const toField = (minute: number) => `${two(Math.floor(minute / 60) % 24)}:${two(minute % 60)}`;

/** The minute that a field names; `closes`: 00:00 is the end of the day. None: the field is empty. */
export function fromField(text: string, closes: boolean): number | null {
  const found = /^(\d\d):(\d\d)/.exec(text);
  if (!found) return null;
  const minute = Number(found[1]) * 60 + Number(found[2]);
  return closes && minute === 0 ? MINUTES_OF_DAY : minute;
}

export const isAllDay = ([first, ...more]: Period[]) =>
  more.length === 0 && first?.opens === 0 && first.closes === MINUTES_OF_DAY;

export const periodText = ({ opens, closes }: Period) =>
  `${toField(opens)}–${closes === MINUTES_OF_DAY ? '24:00' : toField(closes)}`;

/** A period after those that are there already, if there is room. */
export function nextPeriod(periods: Period[]): Period | null {
  const last = periods.at(-1);
  if (!last) return { opens: 540, closes: 1080 };
  const opens = last.closes + 60;
  return opens < MINUTES_OF_DAY ? { opens, closes: Math.min(opens + 180, MINUTES_OF_DAY) } : null;
}

/** Whether the periods of a day are in order. */
export const inOrder = (periods: Period[]) =>
  periods.every(
    ({ opens, closes }, index) => opens < closes && opens >= (index ? (periods[index - 1]?.closes ?? 0) : 0),
  );

export const isWhole = ({ name, weekly, exceptions }: Draft) =>
  name.trim() !== '' &&
  weekly.some((day) => day.length > 0) &&
  weekly.every(inOrder) &&
  exceptions.every(({ date, periods }) => date !== '' && inOrder(periods)) &&
  new Set(exceptions.map(({ date }) => date)).size === exceptions.length;

export interface Special extends DayException {
  name: string;
  periods: Period[];
}

export interface Draft extends Required<CalendarBody> {
  exceptions: Special[];
}

const WORKDAY = [{ opens: 540, closes: 1080 }];
export const BLANK_CALENDAR: Draft = {
  name: '',
  time_zone: 'Asia/Shanghai',
  weekly: [...Array.from({ length: 5 }, () => WORKDAY), [], []],
  public_holidays: true,
  exceptions: [],
  team_ids: [],
  default: false,
};

export const draftOf = ({ name, times, team_ids, default: isDefault }: NamedCalendar): Draft => ({
  name,
  time_zone: times.time_zone ?? BLANK_CALENDAR.time_zone,
  weekly: times.weekly ?? BLANK_CALENDAR.weekly,
  public_holidays: times.public_holidays ?? false,
  exceptions: (times.exceptions ?? []).map(({ date, name: called = '', periods = [] }) => ({
    date,
    name: called,
    periods,
  })),
  team_ids,
  default: isDefault,
});

/** How many empty cells stand before the first day in weeks that begin on Monday. */
export const offset = (days: Day[]) => (days[0] ? (new Date(`${days[0].date}T00:00:00Z`).getUTCDay() + 6) % 7 : 0);

/** The month before or after one. */
export function shifted({ year, month }: { year: number; month: number }, by: number) {
  const at = new Date(Date.UTC(year, month - 1 + by, 1));
  return { year: at.getUTCFullYear(), month: at.getUTCMonth() + 1 };
}

/** A span of minutes in the greatest unit that it is a whole number of. */
export function span(minutes: number): { unit: 'minutes' | 'hours' | 'days'; count: number } {
  if (minutes % MINUTES_OF_DAY === 0) return { unit: 'days', count: minutes / MINUTES_OF_DAY };
  return minutes % 60 === 0 ? { unit: 'hours', count: minutes / 60 } : { unit: 'minutes', count: minutes };
}
