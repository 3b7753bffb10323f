import '@/i18n/pages/corrections';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import type { Citation } from '@/client/types.gen';
import type { Message } from '@/shared/api';
import styles from './message.module.css';

/** Below an answer of the assistant: the article that it is from, and what the customer says of it. */
export default function Cited({ message, citation }: { message: Message; citation: Citation }) {
  const { t } = useTranslation();
  const { title, version, article_id } = citation;
  return (
    <small className={styles.cited}>
      <Link to={`/knowledge/articles/${article_id}`} target="_blank">
        {t('corrections.cited', { title, version })}
      </Link>
      {message.rating && <span data-verdict={message.rating}>{t(`corrections.${message.rating}`)}</span>}
    </small>
  );
}
