import { BookOutlined, DeleteOutlined } from '@ant-design/icons';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { App, Button, Popconfirm, Popover } from 'antd';
import { useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { api, type SavedView } from '@/shared/api';
import { useCommands } from '@/shared/commands';
import { useMay } from '@/shared/session';
import styles from './inbox.module.css';
import type { Wanted } from './list';
import { isListed, SAVED_VIEWS, wantedOf } from './savedViews';

interface Props {
  wanted: Wanted;
  onWanted: (changes: Partial<Wanted>) => void;
}

/** Views kept under a name: one's own and everybody's. */
export function SavedViews({ wanted, onWanted }: Props) {
  const { t } = useTranslation();
  const [open, setOpen] = useState(false);
  const views = useQuery({ queryKey: SAVED_VIEWS, queryFn: api.savedViews });
  const saved = views.data ?? [];
  const listed = saved.find((view) => isListed(view, wanted));
  useCommands(
    useMemo(
      () =>
        (views.data ?? []).map((view) => ({
          id: `view.${view.id}`,
          title: t('palette.savedView', { name: view.name }),
          run: () => onWanted(wantedOf(view)),
        })),
      [views.data, t, onWanted],
    ),
  );

  const list = (
    <ul className={styles.savedViews} aria-label={t('savedViews.title')}>
      {saved.length === 0 && <li className={styles.noViews}>{t('savedViews.empty')}</li>}
      {saved.map((view) => (
        <li key={view.id}>
          <button
            type="button"
            aria-current={view === listed}
            onClick={() => {
              onWanted(wantedOf(view));
              setOpen(false);
            }}
          >
            <span>{view.name}</span>
            {view.shared && <small>{t('savedViews.everybodys')}</small>}
          </button>
          <Drop view={view} />
        </li>
      ))}
    </ul>
  );
  return (
    <Popover content={list} trigger="click" placement="bottomLeft" open={open} onOpenChange={setOpen}>
      <Button
        type={listed ? 'primary' : 'default'}
        ghost={Boolean(listed)}
        icon={<BookOutlined aria-hidden />}
        aria-label={listed ? t('savedViews.listed', { name: listed.name }) : t('savedViews.title')}
      />
    </Popover>
  );
}

function Drop({ view }: { view: SavedView }) {
  const { t } = useTranslation();
  const { message } = App.useApp();
  const queries = useQueryClient();
  const mayShare = useMay('routing.manage');
  const drop = useMutation({
    mutationFn: () => api.dropView(view.id),
    onSuccess: () => queries.invalidateQueries({ queryKey: SAVED_VIEWS }),
    onError: (problem) => void message.error(problem.message),
  });
  if (view.shared && !mayShare) return null;
  return (
    <Popconfirm title={t('savedViews.drop', { name: view.name })} onConfirm={() => drop.mutate()}>
      <Button
        type="text"
        size="small"
        loading={drop.isPending}
        icon={<DeleteOutlined aria-hidden />}
        aria-label={t('savedViews.dropLabel', { name: view.name })}
      />
    </Popconfirm>
  );
}
