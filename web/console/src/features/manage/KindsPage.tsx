import { PlusOutlined } from '@ant-design/icons';
import { useQuery } from '@tanstack/react-query';
import { Button, Empty, Skeleton } from 'antd';
import { useTranslation } from 'react-i18next';
import '@/i18n/pages/kinds';
import { api } from '@/shared/api';
import columns from '@/shared/columns.module.css';
import { Failed } from '@/shared/Failed';
import { useMay } from '@/shared/session';
import { TICKET_KINDS, type TicketKind, tickets } from '@/shared/tickets';
import { KindEditor } from './KindEditor';
import { KindReleaseNews, useKindNews } from './KindReleaseNews';
import { blankKind, draftOf, type KindDraft } from './kinds';
import { useOpened } from './useOpened';

/** What sorts of tickets there are: through which states they go, what they ask for. */
export default function KindsPage() {
  const { t } = useTranslation();
  const mayManage = useMay('tickets.manage');
  const kinds = useQuery({ queryKey: TICKET_KINDS, queryFn: tickets.kinds });
  const departments = useQuery({ queryKey: ['departments'], queryFn: api.departments });
  const { opened, show, leave, setChanged } = useOpened<KindDraft>();
  const news = useKindNews(mayManage);
  const take = (id: string | null, draft: KindDraft) => {
    show(id, draft);
    setChanged(true);
  };
  const departmentOf = ({ department_id }: TicketKind) =>
    departments.data?.find(({ id }) => id === department_id)?.name ?? '';
  return (
    <div className={columns.columns}>
      <section className={columns.list} aria-label={t('ticket.kinds')}>
        {mayManage && (
          <div className={columns.bar}>
            <Button
              type="primary"
              icon={<PlusOutlined aria-hidden />}
              disabled={!departments.data}
              onClick={() => leave(() => show(null, blankKind(departments.data?.[0]?.id ?? '')))}
            >
              {t('kinds.add')}
            </Button>
            {news.length > 0 && opened && (
              <Button onClick={() => leave(() => show(null, null))}>{t('news.title')}</Button>
            )}
          </div>
        )}
        {kinds.isPending && <Skeleton active paragraph={{ rows: 8 }} />}
        <Failed query={kinds} />
        {kinds.data?.length === 0 && <Empty image={Empty.PRESENTED_IMAGE_SIMPLE} description={t('kinds.empty')} />}
        <ul>
          {kinds.data?.map((kind) => (
            <li key={kind.id}>
              <button
                type="button"
                aria-current={kind.id === opened?.id}
                onClick={() => leave(() => show(kind.id, draftOf(kind)))}
              >
                <span className={columns.lineTop}>
                  <b title={kind.name}>{kind.name}</b>
                  {kind.archived && <small>{t('kinds.archivedMark')}</small>}
                </span>
                <span className={columns.lineText}>{kind.states.map(({ name }) => name).join(' → ')}</span>
                <small>{departmentOf(kind)}</small>
              </button>
            </li>
          ))}
        </ul>
      </section>
      <section className={columns.open}>
        {opened ? (
          <KindEditor
            key={opened.turn}
            id={opened.id}
            kept={opened.draft}
            departments={departments.data ?? []}
            onChanged={setChanged}
            onSaved={(kind) => show(kind.id, draftOf(kind))}
          />
        ) : (
          <>
            <KindReleaseNews news={news} onTake={take} />
            <Empty image={Empty.PRESENTED_IMAGE_SIMPLE} description={t('kinds.choose')} />
          </>
        )}
      </section>
    </div>
  );
}
