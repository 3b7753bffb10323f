import { PlusOutlined, SearchOutlined } from '@ant-design/icons';
import { Button, Empty, Input, Segmented, Skeleton } from 'antd';
import { type ReactNode, useDeferredValue, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Scope } from '@/shared/api';
import columns from '@/shared/columns.module.css';
import { Failed } from '@/shared/Failed';
import { SCOPES, useTeams } from './PlaceFields';

export interface Line {
  id: string;
  scope: Scope;
  team_id: string | null;
  title: string;
  /** Under the title, as far as there is room. */
  preview: string;
  mark?: string;
  used_count: number;
}

interface Props<Item> {
  label: string;
  search: string;
  query: { data?: Item[]; isPending: boolean; error: Error | null; refetch: () => unknown };
  lineOf: (item: Item) => Line;
  matching: (items: Item[], words: string) => Item[];
  empty: string;
  selected: string | null;
  onSelect: (item: Item) => void;
  onAdd: () => void;
  /** Beside the list: what is open. */
  children: ReactNode;
}

/** All that is kept of a kind, to search in and to choose from. */
export function Kept<Item>({ label, search, query, lineOf, matching, empty, ...props }: Props<Item>) {
  const { t } = useTranslation();
  const [words, setWords] = useState('');
  const [scope, setScope] = useState<Scope | 'all'>('all');
  const all = query.data ?? [];
  const shown = matching(all, useDeferredValue(words))
    .map((item) => ({ item, line: lineOf(item) }))
    .filter(({ line }) => scope === 'all' || line.scope === scope);
  return (
    <div className={columns.columns}>
      <section className={columns.list} aria-label={label}>
        <div className={columns.bar}>
          <Input
            value={words}
            onChange={(event) => setWords(event.target.value)}
            prefix={<SearchOutlined aria-hidden />}
            placeholder={search}
            aria-label={search}
            maxLength={60}
            allowClear
          />
          <Button type="primary" icon={<PlusOutlined aria-hidden />} onClick={props.onAdd}>
            {t('manage.add')}
          </Button>
        </div>
        <Segmented
          size="small"
          value={scope}
          onChange={setScope}
          aria-label={t('manage.scope')}
          options={(['all', ...SCOPES] as const).map((value) => ({
            value,
            label: t(value === 'all' ? 'manage.all' : `manage.scope_${value}`),
          }))}
        />
        {query.isPending && <Skeleton active paragraph={{ rows: 8 }} />}
        <Failed query={query} />
        {query.data && shown.length === 0 && (
          <Empty image={Empty.PRESENTED_IMAGE_SIMPLE} description={all.length === 0 ? empty : t('manage.nothing')} />
        )}
        <ul>
          {shown.map(({ item, line }) => (
            <li key={line.id}>
              <button type="button" aria-current={line.id === props.selected} onClick={() => props.onSelect(item)}>
                <ListLine line={line} />
              </button>
            </li>
          ))}
        </ul>
      </section>
      <section className={columns.open}>{props.children}</section>
    </div>
  );
}

function ListLine({ line }: { line: Line }) {
  const { t } = useTranslation();
  const teams = useTeams();
  const place =
    line.scope === 'team' ? (teams.get(line.team_id ?? '') ?? t('manage.noTeam')) : t(`manage.scope_${line.scope}`);
  return (
    <>
      <span className={columns.lineTop}>
        <b title={line.title}>{line.title}</b>
        {line.mark && <code>{line.mark}</code>}
      </span>
      <span className={columns.lineText}>{line.preview}</span>
      <small>
        {place}
        {line.used_count > 0 && ` · ${t('manage.used', { count: line.used_count })}`}
      </small>
    </>
  );
}
