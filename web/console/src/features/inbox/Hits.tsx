import { useInfiniteQuery } from '@tanstack/react-query';
import { Button, Empty, Skeleton } from 'antd';
import { useTranslation } from 'react-i18next';
import { api, type Message } from '@/shared/api';
import { excerptOf } from '@/shared/excerpt';
import { customerName } from '@/shared/names';
import { dayAndTime } from '@/shared/time';
import styles from './inbox.module.css';

interface Props {
  words: string;
  selected: string | undefined;
  onOpen: (id: string) => void;
}

/** Messages that a search found, the newest first. */
export function Hits({ words, selected, onOpen }: Props) {
  const { t } = useTranslation();
  const found = useInfiniteQuery({
    queryKey: ['search', words],
    queryFn: ({ pageParam }) => api.search(words, pageParam),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: (page) => page.next_cursor ?? undefined,
  });
  if (found.isPending) return <Skeleton className={styles.pending} active paragraph={{ rows: 6 }} title={false} />;
  const hits = found.data?.pages.flatMap((page) => page.items) ?? [];
  if (hits.length === 0) {
    const text = found.error?.message ?? t('list.noHits', { text: words });
    return <Empty className={styles.empty} image={Empty.PRESENTED_IMAGE_SIMPLE} description={text} />;
  }
  return (
    <div className={styles.scroller}>
      {hits.map(({ customer, message }) => (
        <button
          key={message.id}
          type="button"
          className={styles.hit}
          aria-current={message.conversation_id === selected}
          onClick={() => onOpen(message.conversation_id)}
        >
          <span className={styles.line}>
            <strong>{customerName({ customer }, t)}</strong>
            <small>{authorOf(message, t('thread.assistant'))}</small>
            <span className={styles.fill} />
            <time dateTime={message.created_at}>{dayAndTime(message.created_at)}</time>
          </span>
          <Marked text={'text' in message.content ? message.content.text : ''} words={words} />
        </button>
      ))}
      {found.hasNextPage && (
        <Button block type="text" loading={found.isFetchingNextPage} onClick={() => void found.fetchNextPage()}>
          …
        </Button>
      )}
    </div>
  );
}

/** Who wrote it, unless the customer did, whose name stands there already. */
function authorOf({ author }: Message, assistant: string): string {
  return author.kind === 'assistant' ? assistant : author.kind === 'customer' ? '' : (author.name ?? '');
}

function Marked({ text, words }: { text: string; words: string }) {
  const [before, found, after] = excerptOf(text, words);
  return (
    <span className={styles.found}>
      {before}
      {found && <mark>{found}</mark>}
      {after}
    </span>
  );
}
