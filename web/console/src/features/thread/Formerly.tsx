import { useQuery } from '@tanstack/react-query';
import { Popover, Spin } from 'antd';
import { useTranslation } from 'react-i18next';
import { api, type FormerContent, type Message } from '@/shared/api';
import { wholeMoment } from '@/shared/time';
import styles from './message.module.css';
import { useRewriting } from './rewriting';

/** That a message was edited or taken back, and what it said before: for its author and those who review. */
export function Formerly({ message }: { message: Message }) {
  const { t } = useTranslation();
  const { me, reviews } = useRewriting();
  if (!message.edited_at) return null;
  const words = t(message.recalled ? 'rewrite.original' : 'rewrite.edited');
  if (!reviews && message.author.id !== me) return message.recalled ? null : <small>{words}</small>;
  return (
    <Popover trigger="click" destroyOnHidden content={<History message={message} />}>
      <button type="button" className={styles.formerly} title={wholeMoment(message.edited_at)}>
        {words}
      </button>
    </Popover>
  );
}

function History({ message }: { message: Message }) {
  const { t } = useTranslation();
  const { conversation_id: id, seq, edited_at } = message;
  const former = useQuery({ queryKey: ['formerly', id, seq, edited_at], queryFn: () => api.formerly(id, seq) });
  if (former.isPending) return <Spin size="small" />;
  if (former.isError) return <p role="alert">{former.error.message}</p>;
  return (
    <ol className={styles.history} aria-label={t('rewrite.original')}>
      {former.data.map(({ content, replaced_at }) => (
        <li key={replaced_at}>
          <small>{t('rewrite.until', { time: wholeMoment(replaced_at) })}</small>
          <p className={styles.text}>{wordsOf(content)}</p>
        </li>
      ))}
    </ol>
  );
}

function wordsOf(content: FormerContent['content']): string {
  if ('text' in content) return content.text;
  if ('name' in content) return content.name;
  return 'title' in content ? content.title : content.order_no;
}
