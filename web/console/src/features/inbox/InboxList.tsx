import { SearchOutlined } from '@ant-design/icons';
import { useVirtualizer } from '@tanstack/react-virtual';
import { Button, Empty, Input, Skeleton, Spin } from 'antd';
import { useEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { ConversationItem, View } from '@/shared/api';
import { useMay } from '@/shared/session';
import { Filters } from './Filters';
import { VIEWS } from './filters';
import { Hits } from './Hits';
import styles from './inbox.module.css';
import { filtersIn, type Wanted } from './list';
import { ChosenMarks } from './Marks';
import { Row } from './Row';
import { SavedViews } from './SavedViews';
import { useCounts, type useInbox } from './useInbox';

const ROW = 76;

interface Props {
  wanted: Wanted;
  onWanted: (changes: Partial<Wanted>) => void;
  inbox: ReturnType<typeof useInbox>;
  selected: string | undefined;
  onOpen: (id: string) => void;
}

/** The column of conversations. */
export function InboxList({ wanted, onWanted, inbox, selected, onOpen }: Props) {
  const { t } = useTranslation();
  const [typed, setTyped] = useState('');
  const [words, setWords] = useState('');
  useEffect(() => {
    const timer = window.setTimeout(() => setWords(typed.trim()), 300);
    return () => window.clearTimeout(timer);
  }, [typed]);

  return (
    <section className={styles.column} aria-label={t('list.label')}>
      <Views view={wanted.view} onView={(view) => onWanted({ view, state: undefined })} />
      <div className={styles.tools}>
        <Input
          value={typed}
          onChange={(event) => setTyped(event.target.value)}
          placeholder={t('list.search')}
          aria-label={t('list.search')}
          prefix={<SearchOutlined aria-hidden />}
          allowClear
          maxLength={100}
        />
        <SavedViews wanted={wanted} onWanted={onWanted} />
        <Filters wanted={wanted} onWanted={onWanted} />
      </div>
      <ChosenMarks wanted={wanted} onWanted={onWanted} />
      {words ? (
        <Hits words={words} selected={selected} onOpen={onOpen} />
      ) : (
        <Rows wanted={wanted} inbox={inbox} selected={selected} onOpen={onOpen} />
      )}
    </section>
  );
}

function Views({ view, onView }: { view: View; onView: (view: View) => void }) {
  const { t } = useTranslation();
  const counts = useCounts().data;
  useTitle(counts?.waiting ?? 0);
  return (
    <div className={styles.views} role="tablist" aria-label={t('list.label')}>
      {VIEWS.map((one) => (
        <button
          key={one}
          type="button"
          role="tab"
          aria-selected={one === view}
          title={one === 'all' ? t('list.countsOpen') : undefined}
          onClick={() => onView(one)}
        >
          <span>{t(`view.${one}`)}</span>
          <small data-urgent={one === 'waiting' && Boolean(counts?.waiting)}>{counts?.[one] ?? ' '}</small>
        </button>
      ))}
    </div>
  );
}

/** The browser's tab tells how many wait, also to somebody who looks at another one. */
function useTitle(waiting: number): void {
  const { t } = useTranslation();
  const name = `${t('app.name')} ${t('app.console')}`;
  useEffect(() => {
    document.title = waiting > 0 ? `(${waiting}) ${name}` : name;
  }, [waiting, name]);
}

function Rows({ wanted, inbox, selected, onOpen }: Pick<Props, 'wanted' | 'inbox' | 'selected' | 'onOpen'>) {
  const { list, items } = inbox;
  const scroller = useRef<HTMLDivElement>(null);
  const virtual = useVirtualizer({
    count: items.length,
    getScrollElement: () => scroller.current,
    estimateSize: () => ROW,
    getItemKey: (index) => items[index]?.conversation.id ?? index,
    overscan: 8,
  });
  const shown = virtual.getVirtualItems();
  const lastShown = shown.at(-1)?.index ?? 0;
  const { hasNextPage, isFetchingNextPage, fetchNextPage } = list;
  useEffect(() => {
    if (hasNextPage && !isFetchingNextPage && lastShown >= items.length - 15) void fetchNextPage();
  }, [lastShown, items.length, hasNextPage, isFetchingNextPage, fetchNextPage]);

  const at = items.findIndex((item) => item.conversation.id === selected);
  const reveal = useRef(virtual.scrollToIndex);
  reveal.current = virtual.scrollToIndex;
  // biome-ignore lint/correctness/useExhaustiveDependencies: only another choice scrolls, not a list that moves
  useEffect(() => {
    if (at >= 0) reveal.current(at, { align: 'auto' });
  }, [selected]);

  if (list.isPending) return <Skeleton className={styles.pending} active paragraph={{ rows: 8 }} title={false} />;
  if (list.isError && items.length === 0)
    return <Failed text={list.error.message} onRetry={() => void list.refetch()} />;
  if (items.length === 0) return <Nothing wanted={wanted} />;
  return (
    <div ref={scroller} className={styles.scroller} data-testid="conversations">
      <ul className={styles.rows} style={{ height: virtual.getTotalSize() }}>
        {shown.map(({ key, index, start }) => {
          const item = items[index] as ConversationItem;
          return (
            <li key={key} style={{ height: ROW, transform: `translateY(${start}px)` }}>
              <Row item={item} selected={item.conversation.id === selected} onOpen={onOpen} />
            </li>
          );
        })}
      </ul>
      {isFetchingNextPage && <Spin className={styles.more} size="small" />}
    </div>
  );
}

function Nothing({ wanted }: { wanted: Wanted }) {
  const { t } = useTranslation();
  const mayReply = useMay('conversations.reply');
  const empty = wanted.view === 'mine' && !mayReply ? 'reader' : wanted.view;
  const text = filtersIn(wanted).length ? t('list.emptyFiltered') : t(`list.empty_${empty}`);
  return <Empty className={styles.empty} image={Empty.PRESENTED_IMAGE_SIMPLE} description={text} />;
}

function Failed({ text, onRetry }: { text: string; onRetry: () => void }) {
  const { t } = useTranslation();
  return (
    <Empty className={styles.empty} image={Empty.PRESENTED_IMAGE_SIMPLE} description={text}>
      <Button onClick={onRetry}>{t('app.retry')}</Button>
    </Empty>
  );
}
