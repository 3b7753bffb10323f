import { CloseOutlined } from '@ant-design/icons';
import { Button, Checkbox } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Adder } from '@/shared/Adder';
import type { CheckItem } from '@/shared/tickets';
import styles from './detail.module.css';
import { Part } from './Part';
import type { Editing } from './useTicket';

const MOST = 50;

/** What has to be gone through; what is required keeps the ticket from being resolved. */
export function Checklist({ editing }: { editing: Editing }) {
  const { t } = useTranslation();
  const { ticket, may_change } = editing.view;
  const [text, setText] = useState('');
  const items = ticket.checklist;
  const done = items.filter((item) => item.done).length;
  const keep = (checklist: CheckItem[]) => editing.change({ checklist });
  const add = async () => {
    if (text.trim() && (await keep([...items, { text: text.trim() }]))) setText('');
  };
  if (items.length === 0 && !may_change) return null;
  return (
    <Part
      title={t('tickets.checklist')}
      extra={items.length > 0 && <small>{t('tickets.checked', { done, all: items.length })}</small>}
    >
      <ul className={styles.checks}>
        {items.map((item, at) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: two items may read the same
          <li key={at}>
            <Checkbox
              checked={item.done}
              disabled={!may_change || editing.busy}
              onChange={(event) =>
                void keep(items.map((one, index) => (index === at ? { ...one, done: event.target.checked } : one)))
              }
            >
              <span data-done={item.done}>{item.text}</span>
              {item.required && <em>{t('tickets.required')}</em>}
            </Checkbox>
            {may_change && (
              <Button
                type="text"
                size="small"
                icon={<CloseOutlined aria-hidden />}
                aria-label={t('tickets.removeCheck', { text: item.text })}
                disabled={editing.busy}
                onClick={() => void keep(items.filter((_, index) => index !== at))}
              />
            )}
          </li>
        ))}
      </ul>
      {may_change && items.length < MOST && (
        <Adder
          hint={t('tickets.addCheck')}
          label={t('tickets.add_')}
          text={text}
          onText={setText}
          longest={200}
          busy={editing.busy}
          onAdd={() => void add()}
        />
      )}
    </Part>
  );
}
