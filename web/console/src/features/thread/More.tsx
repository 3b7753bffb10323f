import { EllipsisOutlined, StarFilled, StarOutlined } from '@ant-design/icons';
import { Button, Dropdown, Tooltip } from 'antd';
import { lazy, Suspense, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { ConversationItem } from '@/shared/api';
import { useMay } from '@/shared/session';
import type { Dialogs } from './Actions';
import type { useMarks } from './marks';

const Merge = lazy(() => import('./Merge'));
const Deadlines = lazy(() => import('./Deadlines'));

interface Props {
  item: ConversationItem;
  marks: ReturnType<typeof useMarks>;
  dialogs: Dialogs;
}

/** What is done with a conversation less often. */
export function More({ item, marks, dialogs }: Props) {
  const { t } = useTranslation();
  const mayReply = useMay('conversations.reply');
  const opensTickets = useMay('tickets.edit');
  const [merging, setMerging] = useState(false);
  const [timing, setTiming] = useState(false);
  const head = item.conversation;
  const follow = t(item.followed ? 'marks.unfollow' : 'marks.follow');
  const withPeople = head.state === 'open' || head.state === 'snoozed';
  const items = [
    ...(withPeople ? [{ key: 'escalate', label: t('thread.escalate'), onClick: () => dialogs.escalate(item) }] : []),
    { key: 'deadlines', label: t('due.open'), onClick: () => setTiming(true) },
    ...(opensTickets ? [{ key: 'ticket', label: t('ticket.open'), onClick: () => dialogs.ticket(item) }] : []),
    { key: 'merge', label: t('merge.open'), onClick: () => setMerging(true) },
    head.spam
      ? { key: 'spam', label: t('marks.notSpam'), onClick: () => void marks.clearSpam() }
      : { key: 'spam', label: t('marks.spam'), danger: true, onClick: () => void marks.markSpam() },
  ];
  return (
    <>
      <Tooltip title={follow}>
        <Button
          type="text"
          icon={item.followed ? <StarFilled aria-hidden /> : <StarOutlined aria-hidden />}
          aria-label={follow}
          aria-pressed={item.followed}
          onClick={marks.toggleFollow}
        />
      </Tooltip>
      {mayReply && (
        <Dropdown trigger={['click']} placement="bottomRight" menu={{ items, autoFocus: true }}>
          <Button type="text" icon={<EllipsisOutlined aria-hidden />} aria-label={t('marks.more')} />
        </Dropdown>
      )}
      {timing && (
        <Suspense>
          <Deadlines head={head} onClose={() => setTiming(false)} />
        </Suspense>
      )}
      {merging && (
        <Suspense>
          <Merge
            head={head}
            onClose={() => setMerging(false)}
            onMerge={(otherId) => {
              setMerging(false);
              void marks.merge(otherId);
            }}
          />
        </Suspense>
      )}
    </>
  );
}
