import { useTranslation } from 'react-i18next';
import type { SystemNotice } from '@/shared/api';
import { toldWords } from '@/shared/told';

/** A record, worded from what is known of it. */
export default function Told({ content: { code, text, details } }: { content: SystemNotice }) {
  const { t } = useTranslation();
  return toldWords(code, text, details, t);
}
