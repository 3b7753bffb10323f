import { CheckCircleOutlined, CloseCircleOutlined } from '@ant-design/icons';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { App, Button, Modal, Select } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { usePreferences } from '@/shared/preferences';
import { tickets as api, type Bulk, type BulkResult, TICKETS, type TicketCard } from '@/shared/tickets';
import { commonStates } from './board';
import { LEVELS } from './filters';
import styles from './tickets.module.css';
import { useKnown } from './useKnown';

interface Props {
  tickets: TicketCard[];
  onClear: () => void;
}

/** What can be done to all that are selected; afterwards, what came of it for each. */
export function BulkBar({ tickets, onClear }: Props) {
  const { t } = useTranslation();
  const { message } = App.useApp();
  const queries = useQueryClient();
  const known = useKnown();
  const [report, setReport] = useState<BulkResult[] | null>(null);
  const change = useMutation({
    mutationFn: (action: Bulk['action']) =>
      api.bulk({ items: tickets.map(({ id, version }) => ({ id, version })), action }),
    onSuccess: (results) => {
      void queries.invalidateQueries({ queryKey: [TICKETS] });
      if (results.every(({ code }) => !code)) {
        void message.success(t('tickets.bulkDone', { count: results.length }));
        onClear();
      } else setReport(results);
    },
    onError: (problem) => void message.error(problem.message),
  });
  const states = commonStates(tickets.map(({ kind_id }) => known.kind(kind_id)));
  const choice = <Value extends string | number>(
    label: string,
    options: { value: Value; label: string }[],
    changeOf: (value: Value) => Bulk['action'],
  ) => (
    <Select
      key={label}
      value={null}
      placeholder={label}
      aria-label={label}
      disabled={change.isPending || options.length === 0}
      onChange={(value: Value | null) => value !== null && change.mutate(changeOf(value))}
      options={options}
      showSearch={options.length > 8 ? { optionFilterProp: 'label' } : false}
      popupMatchSelectWidth={false}
      style={{ minWidth: 110 }}
    />
  );
  return (
    <section className={styles.bulk} aria-label={t('tickets.bulk')}>
      <b>{t('tickets.selected', { count: tickets.length })}</b>
      {choice(t('tickets.bulk_assign'), known.people, (owner_id) => ({ type: 'assign', owner_id }))}
      {choice(
        t('tickets.bulk_state'),
        states.map(({ code, name }) => ({ value: code, label: name })),
        (state) => ({ type: 'state', state }),
      )}
      {choice(
        t('tickets.bulk_level'),
        LEVELS.map((value) => ({ value, label: t(`levelLong.${value}`) })),
        (level) => ({ type: 'level', level }),
      )}
      {choice(
        t('tickets.bulk_label'),
        known.labels.map(({ id, name }) => ({ value: id, label: name })),
        (label_id) => ({ type: 'add_label', label_id }),
      )}
      <Button type="text" onClick={onClear}>
        {t('tickets.unselect')}
      </Button>
      {report && <Report results={report} tickets={tickets} onClose={() => setReport(null)} />}
    </section>
  );
}

interface ReportProps {
  results: BulkResult[];
  tickets: TicketCard[];
  onClose: () => void;
}

function Report({ results, tickets, onClose }: ReportProps) {
  const { t } = useTranslation();
  const { locale } = usePreferences();
  const failed = results.filter(({ code }) => code);
  const names = new Map(tickets.map(({ id, number, title }) => [id, `${number} ${title}`]));
  return (
    <Modal
      open
      title={t('tickets.bulkReport')}
      onCancel={onClose}
      footer={<Button onClick={onClose}>{t('tickets.close')}</Button>}
    >
      <p>
        {t('tickets.bulkDone', { count: results.length - failed.length })} ·{' '}
        {t('tickets.bulkFailed', { count: failed.length })}
      </p>
      <ul className={styles.report}>
        {[...failed, ...results.filter(({ code }) => !code)].map((result) => (
          <li key={result.ticket_id} data-failed={Boolean(result.code)}>
            {result.code ? <CloseCircleOutlined aria-hidden /> : <CheckCircleOutlined aria-hidden />}
            <span>
              {names.get(result.ticket_id)}
              {result.code && <div>{result[locale]}</div>}
            </span>
          </li>
        ))}
      </ul>
    </Modal>
  );
}
