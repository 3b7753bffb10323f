import { DownloadOutlined, PlusOutlined, SearchOutlined, TeamOutlined } from '@ant-design/icons';
import { Button, Dropdown, Input, Segmented } from 'antd';
import { lazy, Suspense, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link, Outlet, useLocation, useNavigate } from 'react-router';
import '@/i18n/pages/tickets';
import { useLiveTickets } from '@/shared/liveTickets';
import { type Risk, RisksContext, useRisks } from '@/shared/risks';
import { useMay } from '@/shared/session';
import { BoardView } from './BoardView';
import { Filters } from './Filters';
import { LAYOUTS, useWanted, type Wanted } from './filters';
import { TableView } from './TableView';
import styles from './tickets.module.css';
import { useExportAddress } from './useTickets';

const NO_RISKS = new Map<string, Risk>();

const NewTicket = lazy(() => import('./NewTicket'));

/** All tickets that one may see, as a board or as a list; the one that is open lies over it. */
export default function TicketsPage() {
  const { t } = useTranslation();
  const [wanted, setWanted] = useWanted();
  const [adding, setAdding] = useAdding();
  const navigate = useNavigate();
  const { search } = useLocation();
  const mayEdit = useMay('tickets.edit');
  const mayExport = useMay('reports.export');
  useLiveTickets();
  const risks = useRisks().data ?? NO_RISKS;
  return (
    <RisksContext value={risks}>
      <main className={styles.page}>
        <header className={styles.top}>
          <h1>{t('tickets.title')}</h1>
          <Segmented
            value={wanted.layout}
            onChange={(layout) => setWanted({ layout })}
            aria-label={t('tickets.layout')}
            options={LAYOUTS.map((value) => ({ value, label: t(`tickets.${value}`) }))}
          />
          <Search key={wanted.q ?? ''} wanted={wanted} onWanted={setWanted} />
          <Filters wanted={wanted} onWanted={setWanted} />
          <span className={styles.actions}>
            <Link to="/tickets/meeting" className={styles.plain}>
              <TeamOutlined aria-hidden /> {t('tickets.meeting')}
            </Link>
            {mayExport && <Export wanted={wanted} />}
            {mayEdit && (
              <Button type="primary" icon={<PlusOutlined aria-hidden />} onClick={() => setAdding(true)}>
                {t('tickets.add')}
              </Button>
            )}
          </span>
        </header>
        {wanted.layout === 'board' ? (
          <BoardView wanted={wanted} onWanted={setWanted} />
        ) : (
          <TableView wanted={wanted} onWanted={setWanted} />
        )}
        <Outlet />
        {adding && (
          <Suspense>
            <NewTicket
              onClose={() => setAdding(false)}
              onCreated={(id) => navigate(`/tickets/${id}${search}`, { replace: true })}
            />
          </Suspense>
        )}
      </main>
    </RisksContext>
  );
}

/** Whether a new ticket is being written: a step of the browser's history, so that other pages can ask for it too. */
function useAdding(): [boolean, (adding: boolean) => void] {
  const { state, search } = useLocation();
  const navigate = useNavigate();
  const adding = (state as { adding?: boolean } | null)?.adding === true;
  const set = (on: boolean) => navigate({ search }, { replace: !on, state: on ? { adding: true } : null });
  return [adding, set];
}

function Search({ wanted, onWanted }: { wanted: Wanted; onWanted: (changes: Partial<Wanted>) => void }) {
  const { t } = useTranslation();
  const [words, setWords] = useState(wanted.q ?? '');
  return (
    <Input
      className={styles.search}
      value={words}
      onChange={(event) => {
        setWords(event.target.value);
        if (!event.target.value) onWanted({ q: undefined });
      }}
      onPressEnter={() => onWanted({ q: words.trim() })}
      prefix={<SearchOutlined aria-hidden />}
      placeholder={t('tickets.search')}
      aria-label={t('tickets.search')}
      maxLength={100}
      allowClear
    />
  );
}

/** Of what the filters show, as a file. */
function Export({ wanted }: { wanted: Wanted }) {
  const { t } = useTranslation();
  const addressOf = useExportAddress(wanted);
  const items = (['xlsx', 'csv'] as const).map((format) => ({
    key: format,
    label: (
      <a href={addressOf(format)} download>
        {t(`tickets.export_${format}`)}
      </a>
    ),
  }));
  return (
    <Dropdown trigger={['click']} menu={{ items }}>
      <Button icon={<DownloadOutlined aria-hidden />} title={t('tickets.exportHint')}>
        {t('tickets.export')}
      </Button>
    </Dropdown>
  );
}
