import { NotificationOutlined } from '@ant-design/icons';
import { useInfiniteQuery } from '@tanstack/react-query';
import { Button, Skeleton } from 'antd';
import { useTranslation } from 'react-i18next';
import { Failed } from '@/shared/Failed';
import { pieces } from '@/shared/mentions';
import { type TicketComment, tickets } from '@/shared/tickets';
import { dayAndTime, wholeMoment } from '@/shared/time';
import { CommentBox } from './CommentBox';
import styles from './detail.module.css';
import { Files } from './Files';
import { Part } from './Part';
import type { Editing } from './useTicket';
import { commentsKey } from './useTickets';

/** What was written on a ticket, oldest first; what the customer was told stands out. */
export function Comments({ editing }: { editing: Editing }) {
  const { t } = useTranslation();
  const { ticket, may_comment } = editing.view;
  const comments = useInfiniteQuery({
    queryKey: commentsKey(ticket.id),
    queryFn: ({ pageParam }) => tickets.comments(ticket.id, pageParam),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: (page) => page.next_cursor ?? undefined,
  });
  const items = comments.data?.pages.flatMap((page) => page.items);
  return (
    <Part title={t('tickets.comments')} extra={<small>{editing.view.comments || ''}</small>}>
      {comments.isPending && <Skeleton active title={false} paragraph={{ rows: 2 }} />}
      <Failed query={comments} />
      {items?.length === 0 && <p className={styles.soft}>{t('tickets.noComments')}</p>}
      <ol className={styles.comments}>
        {items?.map((comment) => (
          <li key={comment.id}>
            <Comment comment={comment} />
          </li>
        ))}
      </ol>
      {comments.hasNextPage && (
        <Button size="small" loading={comments.isFetchingNextPage} onClick={() => void comments.fetchNextPage()}>
          {t('tickets.more')}
        </Button>
      )}
      {may_comment && <CommentBox editing={editing} />}
    </Part>
  );
}

function Comment({ comment }: { comment: TicketComment }) {
  const { t } = useTranslation();
  const names = comment.mentions.map(({ name }) => name);
  return (
    <article className={styles.comment} data-public={comment.public}>
      <header>
        <b>{comment.author_name || t('tickets.bySystem')}</b>
        <time dateTime={comment.created_at} title={wholeMoment(comment.created_at)}>
          {dayAndTime(comment.created_at)}
        </time>
        {comment.meeting_id && <small>{t('tickets.decided')}</small>}
        {comment.public && (
          <span className={styles.told}>
            <NotificationOutlined aria-hidden /> {t('tickets.publicMark')}
          </span>
        )}
      </header>
      {comment.text && (
        <p>
          {pieces(comment.text, names).map((piece, index) =>
            piece.named ? (
              // biome-ignore lint/suspicious/noArrayIndexKey: the pieces of a text that stays
              <mark key={index}>{piece.text}</mark>
            ) : (
              piece.text
            ),
          )}
        </p>
      )}
      <Files ticketId={comment.ticket_id} files={comment.attachments} />
    </article>
  );
}
