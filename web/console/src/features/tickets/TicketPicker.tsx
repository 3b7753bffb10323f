import { useQuery } from '@tanstack/react-query';
import { Select } from 'antd';
import { useDeferredValue, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { TICKETS, tickets } from '@/shared/tickets';

interface Props {
  id: string;
  /** The one that cannot be chosen. */
  without: string;
  value: string | null;
  onChange: (id: string | null) => void;
}

/** Another ticket, by its number or by what it is about. */
export function TicketPicker({ id, without, value, onChange }: Props) {
  const { t } = useTranslation();
  const [words, setWords] = useState('');
  const q = useDeferredValue(words.trim());
  const found = useQuery({
    queryKey: [TICKETS, 'picker', q],
    queryFn: () => tickets.list({ q: q || undefined, sort: 'updated', limit: 20 }),
    placeholderData: (before) => before,
  });
  const options = (found.data?.items ?? [])
    .filter((one) => one.id !== without)
    .map(({ id, number, title }) => ({ value: id, label: `${number} ${title}` }));
  return (
    <Select
      id={id}
      value={value}
      onChange={(chosen: string | null | undefined) => onChange(chosen ?? null)}
      showSearch={{ filterOption: false, onSearch: setWords }}
      loading={found.isFetching}
      placeholder={t('tickets.pick')}
      notFoundContent={t('tickets.emptyFiltered')}
      options={options}
      style={{ width: '100%' }}
    />
  );
}
