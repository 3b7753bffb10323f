import {
  AlertOutlined,
  ClockCircleOutlined,
  HourglassOutlined,
  RiseOutlined,
  StarOutlined,
  UserAddOutlined,
  WarningOutlined,
} from '@ant-design/icons';
import { useQuery } from '@tanstack/react-query';
import { Button, Segmented, Skeleton } from 'antd';
import type { TFunction } from 'i18next';
import { type ReactNode, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { api, type NoticeItem, type NoticeKind } from '@/shared/api';
import { customerName } from '@/shared/names';
import { PROMISES } from '@/shared/queries';
import { dayAndTime, shortMoment, wholeMoment } from '@/shared/time';
import styles from './notices.module.css';
import { type About, titleOf, type useNotices } from './useNotices';
import { textOf } from './words';

interface Props {
  notices: ReturnType<typeof useNotices>;
  onOpen: (about: About) => void;
}

const ICONS: Record<NoticeKind, ReactNode> = {
  mentioned: <b aria-hidden>@</b>,
  assigned: <UserAddOutlined aria-hidden />,
  promise_due: <ClockCircleOutlined aria-hidden />,
  followed: <StarOutlined aria-hidden />,
  deadline_near: <HourglassOutlined aria-hidden />,
  deadline_breached: <WarningOutlined aria-hidden />,
  escalated: <RiseOutlined aria-hidden />,
  crisis: <AlertOutlined aria-hidden />,
  warned: <WarningOutlined aria-hidden />,
};

/** What one should know, and what one has promised. */
export default function NoticeList({ notices, onOpen }: Props) {
  const { t } = useTranslation();
  const [part, setPart] = useState<'list' | 'promises'>('list');
  const newest = notices.items[0];
  return (
    <section className={styles.list} aria-label={t('notice.bell')}>
      <header>
        <Segmented
          size="small"
          value={part}
          onChange={setPart}
          options={(['list', 'promises'] as const).map((value) => ({ value, label: t(`notice.${value}`) }))}
        />
        {part === 'list' && newest && notices.unread > 0 && (
          <Button type="link" size="small" onClick={() => notices.readAll.mutate(newest.id)}>
            {t('notice.readAll')}
          </Button>
        )}
      </header>
      {part === 'list' ? <Notices notices={notices} onOpen={onOpen} /> : <MyPromises onOpen={onOpen} />}
    </section>
  );
}

function Notices({ notices: { list, items, readOne }, onOpen }: Props) {
  const { t } = useTranslation();
  if (list.isPending) return <Skeleton active title={false} paragraph={{ rows: 4 }} />;
  if (list.isError) return <p role="alert">{list.error.message}</p>;
  if (items.length === 0) return <p>{t('notice.empty')}</p>;
  const open = (item: NoticeItem) => {
    if (!item.read) readOne.mutate(item.id);
    onOpen(item);
  };
  return (
    <ul>
      {items.map((item) => (
        <li key={item.id}>
          <button type="button" className={styles.notice} data-unread={!item.read} onClick={() => open(item)}>
            {ICONS[item.kind]}
            <span>
              <strong>{titleOf(item, t)}</strong>
              {textOf(item, t) && <em>{textOf(item, t)}</em>}
              <small>
                {item.customer_id && `${customerOf(item, item.customer_id, t)} · `}
                <time dateTime={item.created_at} title={wholeMoment(item.created_at)}>
                  {shortMoment(item.created_at, Date.now())}
                </time>
              </small>
            </span>
          </button>
        </li>
      ))}
      {list.hasNextPage && (
        <li>
          <Button type="text" block loading={list.isFetchingNextPage} onClick={() => void list.fetchNextPage()}>
            {t('notice.more')}
          </Button>
        </li>
      )}
    </ul>
  );
}

const customerOf = ({ customer_name }: NoticeItem, id: string, t: TFunction) =>
  customerName({ customer: { id, name: customer_name } }, t);

function MyPromises({ onOpen }: { onOpen: (about: About) => void }) {
  const { t } = useTranslation();
  const promises = useQuery({
    queryKey: [PROMISES, 'mine'],
    queryFn: () => api.promises({ mine: true, state: 'open' }),
    staleTime: 0,
  });
  if (promises.isPending) return <Skeleton active title={false} paragraph={{ rows: 4 }} />;
  if (promises.isError) return <p role="alert">{promises.error.message}</p>;
  if (promises.data.items.length === 0) return <p>{t('notice.noPromises')}</p>;
  return (
    <ul>
      {promises.data.items.map((promise) => {
        const overdue = Date.parse(promise.due_at) <= Date.now();
        return (
          <li key={promise.id}>
            <button type="button" className={styles.notice} onClick={() => onOpen(promise)}>
              <ClockCircleOutlined aria-hidden />
              <span>
                <strong>{promise.text}</strong>
                <small data-overdue={overdue}>
                  <time dateTime={promise.due_at}>{dayAndTime(promise.due_at)}</time>
                  {overdue && ` · ${t('promise.overdue')}`}
                </small>
              </span>
            </button>
          </li>
        );
      })}
    </ul>
  );
}
