import '@/i18n/pages/levels';
import { PlusOutlined } from '@ant-design/icons';
import { useQuery } from '@tanstack/react-query';
import { Button, Empty, Skeleton } from 'antd';
import { useTranslation } from 'react-i18next';
import { api, type Calendars } from '@/shared/api';
import { Failed } from '@/shared/Failed';
import { CALENDARS, CalendarEditor } from './CalendarEditor';
import { LimitsForm } from './LimitsForm';
import styles from './levels.module.css';
import { useTeams } from './PlaceFields';
import { BLANK_CALENDAR, type Draft, draftOf } from './times';
import { useOpened } from './useOpened';

/** What the service levels promise, and when teams work. */
export default function LevelsPage() {
  const { t } = useTranslation();
  const calendars = useQuery({ queryKey: CALENDARS, queryFn: api.calendars });
  return (
    <div className={styles.page}>
      <LimitsForm />
      <section className={styles.part} aria-labelledby="calendars">
        <h2 id="calendars">{t('levels.calendars')}</h2>
        <small>{t('levels.calendarsHint')}</small>
        {calendars.isPending && <Skeleton active paragraph={{ rows: 6 }} />}
        <Failed query={calendars} />
        {calendars.data && <Chosen known={calendars.data} />}
      </section>
    </div>
  );
}

/** The calendars, and the one that is open. */
function Chosen({ known }: { known: Calendars }) {
  const { t } = useTranslation();
  const teams = useTeams();
  const { opened, show, leave, setChanged } = useOpened<Draft>();
  return (
    <div className={styles.calendars}>
      <nav className={styles.choice} aria-label={t('levels.calendars')}>
        {known.calendars.map((one) => (
          <button
            key={one.id}
            type="button"
            aria-current={one.id === opened?.id}
            onClick={() => leave(() => show(one.id, draftOf(one)))}
          >
            <b>{one.name}</b>
            <small>
              {one.default && `${t('levels.isDefault')} · `}
              {one.team_ids.map((id) => teams.get(id) ?? t('manage.noTeam')).join(t('canned.comma')) ||
                (one.default ? t('levels.everyTeam') : t('levels.none'))}
            </small>
          </button>
        ))}
        <Button icon={<PlusOutlined aria-hidden />} onClick={() => leave(() => show(null, BLANK_CALENDAR))}>
          {t('levels.add')}
        </Button>
      </nav>
      {opened ? (
        <CalendarEditor
          key={opened.turn}
          id={opened.id}
          kept={opened.draft}
          through={known.holidays_through}
          onChanged={setChanged}
          onSaved={(saved) => show(saved.id, draftOf(saved))}
          onDropped={() => show(null, null)}
        />
      ) : (
        <Empty image={Empty.PRESENTED_IMAGE_SIMPLE} description={t('levels.choose')} />
      )}
    </div>
  );
}
