import { ArrowLeftOutlined } from '@ant-design/icons';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { Alert, App, Button, Empty, Input, Select, Skeleton } from 'antd';
import { useId, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import '@/i18n/pages/tickets';
import { Failed } from '@/shared/Failed';
import { Level } from '@/shared/Meaning';
import { useMay } from '@/shared/session';
import { type AgendaSection, TICKETS, type TicketCard, tickets } from '@/shared/tickets';
import { Due } from './Due';
import { Minutes } from './Minutes';
import { decisionsIn, today } from './meeting';
import styles from './meeting.module.css';
import { StateTag } from './StateTag';
import { isDone } from './states';
import { useKnown } from './useKnown';

const AGENDA = [TICKETS, 'agenda'];

/** What the departments have to talk about, and what they decided. */
export default function MeetingPage() {
  const { t } = useTranslation();
  const [department, setDepartment] = useState<string | null>(null);
  const known = useKnown();
  const agenda = useQuery({
    queryKey: [...AGENDA, department],
    queryFn: () => tickets.agenda(department),
    staleTime: 0,
  });
  const [decided, setDecided] = useState<Record<string, string>>({});
  const sections = agenda.data?.sections.filter(({ cards }) => cards.length > 0) ?? [];
  return (
    <main className={styles.page}>
      <header className={styles.top}>
        <Link to="/tickets" className={styles.back}>
          <ArrowLeftOutlined aria-hidden /> {t('tickets.title')}
        </Link>
        <h1>{t('tickets.meeting')}</h1>
        <Select
          value={department ?? ''}
          onChange={(id) => setDepartment(id || null)}
          aria-label={t('tickets.department')}
          style={{ minWidth: 140 }}
          options={[
            { value: '', label: t('tickets.allDepartments') },
            ...known.departments.map(({ id, name }) => ({ value: id, label: name })),
          ]}
        />
      </header>
      <div className={styles.columns}>
        <section aria-label={t('tickets.agenda')}>
          <h2>{t('tickets.agenda')}</h2>
          <p className={styles.soft}>{t('tickets.agendaHint')}</p>
          {agenda.isPending && <Skeleton active paragraph={{ rows: 6 }} />}
          <Failed query={agenda} />
          {agenda.data && sections.length === 0 && (
            <Empty image={Empty.PRESENTED_IMAGE_SIMPLE} description={t('tickets.noAgenda')} />
          )}
          {sections.map((section) => (
            <Section
              key={section.topic}
              section={section}
              decided={decided}
              onDecided={(id, text) => setDecided({ ...decided, [id]: text })}
            />
          ))}
        </section>
        <div className={styles.aside}>
          <Writing decided={decided} onKept={() => setDecided({})} />
          <Minutes />
        </div>
      </div>
    </main>
  );
}

interface SectionProps {
  section: AgendaSection;
  decided: Record<string, string>;
  onDecided: (id: string, text: string) => void;
}

function Section({ section, decided, onDecided }: SectionProps) {
  const { t } = useTranslation();
  const mayDecide = useMay('tickets.edit');
  return (
    <section className={styles.topic} aria-label={t(`tickets.reason_${section.topic}`)}>
      <h3>
        {t(`tickets.reason_${section.topic}`)} <small>{section.count}</small>
      </h3>
      <ul>
        {section.cards.map((card) => (
          <li key={card.id} className={styles.item}>
            <Item card={card} />
            {mayDecide && (
              <Input.TextArea
                value={decided[card.id] ?? ''}
                maxLength={2000}
                autoSize={{ minRows: 1, maxRows: 6 }}
                onChange={(event) => onDecided(card.id, event.target.value)}
                placeholder={t('tickets.decisionHint')}
                aria-label={t('tickets.decisionFor', { number: card.number })}
              />
            )}
          </li>
        ))}
      </ul>
    </section>
  );
}

function Item({ card }: { card: TicketCard }) {
  const { t } = useTranslation();
  const known = useKnown();
  return (
    <>
      <span className={styles.itemTop}>
        <small>{card.number}</small>
        <StateTag card={card} />
        <Level level={card.level} />
        <span className={styles.fill} />
        <Due due={card.due_at} done={isDone(card)} />
      </span>
      <Link to={`/tickets/${card.id}`} className={styles.itemTitle}>
        {card.title}
      </Link>
      <small>
        {[known.kind(card.kind_id)?.name, known.department(card.department_id), card.owner_name ?? t('tickets.nobody')]
          .filter(Boolean)
          .join(' · ')}
      </small>
    </>
  );
}

interface WritingProps {
  decided: Record<string, string>;
  onKept: () => void;
}

/** The minutes that are being written: what was decided stands beside the tickets. */
function Writing({ decided, onKept }: WritingProps) {
  const { t } = useTranslation();
  const { message } = App.useApp();
  const queries = useQueryClient();
  const form = useId();
  const { people } = useKnown();
  const mayDecide = useMay('tickets.edit');
  const [title, setTitle] = useState('');
  const [date, setDate] = useState(today);
  const [notes, setNotes] = useState('');
  const [attendees, setAttendees] = useState<string[]>([]);
  const decisions = decisionsIn(decided);
  const keep = useMutation({
    mutationFn: () =>
      tickets.keepMinutes({
        held_on: date,
        title: title.trim(),
        notes: notes.trim(),
        attendee_ids: attendees,
        decisions,
      }),
    onSuccess: () => {
      void queries.invalidateQueries({ queryKey: [TICKETS] });
      void message.success(t('tickets.keptMinutes', { count: decisions.length }));
      setTitle('');
      setNotes('');
      onKept();
    },
  });
  if (!mayDecide) return null;
  return (
    <form
      className={styles.form}
      aria-label={t('tickets.minutes')}
      onSubmit={(event) => {
        event.preventDefault();
        if (title.trim() && date && !keep.isPending) keep.mutate();
      }}
    >
      <h2>{t('tickets.minutes')}</h2>
      <label htmlFor={`${form}-title`}>{t('tickets.meetingTitle')}</label>
      <Input
        id={`${form}-title`}
        value={title}
        maxLength={120}
        placeholder={t('tickets.meetingTitleHint')}
        onChange={(event) => setTitle(event.target.value)}
      />
      <label htmlFor={`${form}-date`}>{t('tickets.heldOn')}</label>
      <Input id={`${form}-date`} type="date" value={date} onChange={(event) => setDate(event.target.value)} />
      <label htmlFor={`${form}-attendees`}>{t('tickets.attendees')}</label>
      <Select
        id={`${form}-attendees`}
        mode="multiple"
        value={attendees}
        onChange={setAttendees}
        options={people}
        showSearch={{ optionFilterProp: 'label' }}
      />
      <label htmlFor={`${form}-notes`}>{t('tickets.notes')}</label>
      <Input.TextArea
        id={`${form}-notes`}
        value={notes}
        maxLength={8000}
        autoSize={{ minRows: 2, maxRows: 8 }}
        onChange={(event) => setNotes(event.target.value)}
      />
      <small>{t('tickets.decidedSoFar', { count: decisions.length })}</small>
      {keep.error && <Alert type="error" role="alert" showIcon title={keep.error.message} />}
      <Button type="primary" htmlType="submit" loading={keep.isPending} disabled={!title.trim() || !date}>
        {t('tickets.keepMinutes')}
      </Button>
    </form>
  );
}
