import { useInfiniteQuery } from '@tanstack/react-query';
import { Button, Empty, Skeleton } from 'antd';
import { useTranslation } from 'react-i18next';
import { Again } from '@/shared/Again';
import columns from '@/shared/columns.module.css';
import { type Colleague, people, STAFF } from '@/shared/people';
import { useMay, useMe } from '@/shared/session';
import { queryOf, stateOf, type Wanted } from './drafts';
import styles from './people.module.css';
import { StateMark } from './StateMark';
import { usePlaces } from './usePlaces';
import { useSettled } from './useSettled';

interface Props {
  wanted: Wanted;
  selected: string | undefined;
  onSelect: (colleague: Colleague) => void;
}

/** Those who fit, a page at a time. */
export function MemberList({ wanted, selected, onSelect }: Props) {
  const { t } = useTranslation();
  const manages = useMay('staff.manage');
  const query = queryOf({ ...wanted, words: useSettled(wanted.words) }, manages);
  const pages = useInfiniteQuery({
    queryKey: [STAFF, query],
    queryFn: ({ pageParam }) => people.list({ ...query, cursor: pageParam }),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: (page) => page.next_cursor ?? undefined,
  });
  const found = pages.data?.pages.flatMap((page) => page.items);
  return (
    <>
      {pages.isPending && <Skeleton active paragraph={{ rows: 8 }} />}
      {pages.error && (
        <p role="alert">
          {pages.error.message} <Again query={pages} />
        </p>
      )}
      {found?.length === 0 && <Empty image={Empty.PRESENTED_IMAGE_SIMPLE} description={t('people.empty')} />}
      {found && found.length > 0 && (
        <ul>
          {found.map((colleague) => (
            <li key={colleague.id}>
              <button type="button" aria-current={colleague.id === selected} onClick={() => onSelect(colleague)}>
                <Line colleague={colleague} />
              </button>
            </li>
          ))}
          {pages.hasNextPage && (
            <li className={styles.more}>
              <Button loading={pages.isFetchingNextPage} onClick={() => void pages.fetchNextPage()}>
                {t('people.more')}
              </Button>
            </li>
          )}
        </ul>
      )}
    </>
  );
}

function Line({ colleague }: { colleague: Colleague }) {
  const { t } = useTranslation();
  const me = useMe();
  const { rolesOf, placesOf } = usePlaces();
  return (
    <>
      <span className={columns.lineTop}>
        <b title={colleague.display_name}>{colleague.display_name}</b>
        {colleague.id === me.staff.id && <small>{t('people.you')}</small>}
        <StateMark state={stateOf(colleague)} />
      </span>
      {colleague.login && (
        <span className={columns.lineText}>{`${rolesOf(colleague.roles ?? [])} · ${colleague.login}`}</span>
      )}
      <span className={columns.lineText}>{placesOf(colleague.memberships)}</span>
    </>
  );
}
