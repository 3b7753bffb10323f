import { CloseOutlined, PlusOutlined } from '@ant-design/icons';
import { Button, Checkbox, Input, Select } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { api, type NamedCalendar } from '@/shared/api';
import { Field } from '@/shared/Field';
import { Editor } from './Editor';
import styles from './levels.module.css';
import { Month } from './Month';
import { Periods } from './Periods';
import { useTeams } from './PlaceFields';
import { type Draft, isWhole, type Special } from './times';

export const CALENDARS = ['service-calendars'];
const DAYS = [0, 1, 2, 3, 4, 5, 6] as const;
const ZONES = Intl.supportedValuesOf('timeZone').map((value) => ({ value, label: value }));

interface Props {
  id: string | null;
  kept: Draft;
  /** The last year whose public holidays are known. */
  through: number;
  onChanged: (changed: boolean) => void;
  onSaved: (saved: NamedCalendar) => void;
  onDropped: () => void;
}

export function CalendarEditor({ id, kept, through, onChanged, onSaved, onDropped }: Props) {
  const { t } = useTranslation();
  const teams = useTeams();
  const [draft, setDraft] = useState(kept);
  const change = (changes: Partial<Draft>) => {
    setDraft({ ...draft, ...changes });
    onChanged(true);
  };
  return (
    <div className={styles.open}>
      <Editor
        id={kept.default ? null : id}
        name={draft.name}
        heading={id ? kept.name : t('levels.newCalendar')}
        queryKey={CALENDARS}
        whole={isWhole(draft)}
        save={() => api.saveCalendar(id, draft)}
        drop={api.dropCalendar}
        onSaved={onSaved}
        onDropped={onDropped}
      >
        <div className={styles.two}>
          <Field label={t('levels.name')}>
            <Input value={draft.name} onChange={(event) => change({ name: event.target.value })} maxLength={40} />
          </Field>
          <Field label={t('levels.timeZone')}>
            <Select
              value={draft.time_zone}
              onChange={(time_zone) => change({ time_zone })}
              options={ZONES}
              aria-label={t('levels.timeZone')}
              showSearch
            />
          </Field>
        </div>
        <Field label={t('levels.teams')}>
          <Select
            mode="multiple"
            value={draft.team_ids}
            onChange={(team_ids) => change({ team_ids })}
            options={[...teams].map(([value, label]) => ({ value, label }))}
            optionFilterProp="label"
            aria-label={t('levels.teams')}
          />
        </Field>
        {!kept.default && (
          <Checkbox checked={draft.default} onChange={(event) => change({ default: event.target.checked })}>
            {t('levels.useDefault')}
          </Checkbox>
        )}
        <div>
          <Checkbox
            checked={draft.public_holidays}
            onChange={(event) => change({ public_holidays: event.target.checked })}
          >
            {t('levels.publicHolidays')}
          </Checkbox>
          <small className={styles.hint}>{t('levels.known', { year: through })}</small>
        </div>
        <Week draft={draft} onChange={change} />
        <Specials specials={draft.exceptions} onChange={(exceptions) => change({ exceptions })} />
      </Editor>
      <Month draft={draft} />
    </div>
  );
}

function Week({ draft, onChange }: { draft: Draft; onChange: (changes: Partial<Draft>) => void }) {
  const { t } = useTranslation();
  const [monday = [], , , , , ...weekend] = draft.weekly;
  return (
    <fieldset className={styles.week}>
      <legend>{t('levels.weekly')}</legend>
      {DAYS.map((day) => (
        <div key={day} className={styles.line}>
          <span>{t(`levels.day_${day}`)}</span>
          <Periods
            of={t(`levels.day_${day}`)}
            periods={draft.weekly[day] ?? []}
            onChange={(periods) => onChange({ weekly: draft.weekly.with(day, periods) })}
          />
        </div>
      ))}
      <Button
        type="link"
        size="small"
        onClick={() => onChange({ weekly: [monday, monday, monday, monday, monday, ...weekend] })}
      >
        {t('levels.copyDown')}
      </Button>
      <small>{t('levels.midnight')}</small>
    </fieldset>
  );
}

function Specials({ specials, onChange }: { specials: Special[]; onChange: (specials: Special[]) => void }) {
  const { t } = useTranslation();
  const change = (index: number, changes: Partial<Special>) =>
    onChange(specials.map((one, at) => (at === index ? { ...one, ...changes } : one)));
  return (
    <fieldset className={styles.week}>
      <legend>{t('levels.exceptions')}</legend>
      <small>{t('levels.exceptionsHint')}</small>
      {specials.map((special, index) => {
        const exception = t('levels.exceptionOf', { number: index + 1 });
        return (
          // biome-ignore lint/suspicious/noArrayIndexKey: rows have no name of their own, and keep their order
          <div key={index} className={styles.special}>
            <Input
              type="date"
              value={special.date}
              onChange={(event) => change(index, { date: event.target.value })}
              aria-label={t('levels.exceptionDate', { exception })}
            />
            <Input
              value={special.name}
              onChange={(event) => change(index, { name: event.target.value })}
              placeholder={t('levels.exceptionPlaceholder')}
              aria-label={t('levels.exceptionName', { exception })}
              maxLength={60}
            />
            <Periods of={exception} periods={special.periods} onChange={(periods) => change(index, { periods })} />
            <Button
              type="text"
              icon={<CloseOutlined aria-hidden />}
              aria-label={t('levels.removeException', { exception })}
              onClick={() => onChange(specials.filter((_, at) => at !== index))}
            />
          </div>
        );
      })}
      <Button
        size="small"
        icon={<PlusOutlined aria-hidden />}
        onClick={() => onChange([...specials, { date: '', name: '', periods: [] }])}
      >
        {t('levels.addException')}
      </Button>
    </fieldset>
  );
}
