/** Minutes that are being written: pure. */
import dayjs from 'dayjs';

/** What was decided, of the tickets where something was written. */
export const decisionsIn = (decided: Record<string, string>) =>
  Object.entries(decided).flatMap(([ticket_id, text]) => (text.trim() ? [{ ticket_id, text: text.trim() }] : []));

/** As a date field has it. */
export const today = () => dayjs().format('YYYY-MM-DD');
