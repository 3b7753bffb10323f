/** Moments as a field for date and time shows them, and what is filled in where nobody said one. */
import dayjs from 'dayjs';

const FIELD = 'YYYY-MM-DDTHH:mm';
const WORKDAY_ENDS = 18;

export const toField = (iso: string) => dayjs(iso).format(FIELD);

/** Null for what is no moment, as a field that is not filled in. */
export function fromField(value: string): string | null {
  const moment = dayjs(value);
  return value && moment.isValid() ? moment.toISOString() : null;
}

/** The end of the next working day. */
export function nextWorkday(now: Date): string {
  let day = dayjs(now).add(1, 'day');
  while (day.day() === 0 || day.day() === 6) day = day.add(1, 'day');
  return day.hour(WORKDAY_ENDS).minute(0).second(0).millisecond(0).toISOString();
}

export const isFuture = (iso: string, now: Date) => Date.parse(iso) > now.getTime();
