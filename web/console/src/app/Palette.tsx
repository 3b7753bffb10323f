import { SearchOutlined } from '@ant-design/icons';
import { useQuery } from '@tanstack/react-query';
import { Input, Modal } from 'antd';
import { type KeyboardEvent, useDeferredValue, useEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useNavigate } from 'react-router';
import { api } from '@/shared/api';
import { type Command, matching, useAllCommands } from '@/shared/commands';
import { excerptOf } from '@/shared/excerpt';
import { customerName } from '@/shared/names';
import { dayAndTime } from '@/shared/time';
import styles from './palette.module.css';

const HITS = 6;

/** Everything that can be done now, by name; and what customers have written. */
export default function Palette({ onClose }: { onClose: () => void }) {
  const { t } = useTranslation();
  const [words, setWords] = useState('');
  const [chosen, setChosen] = useState(0);
  const list = useRef<HTMLDivElement>(null);
  const commands = matching(useAllCommands(), words);
  const entries = [...commands, ...useHits(words)];
  const at = Math.min(chosen, entries.length - 1);

  useEffect(() => {
    list.current?.children[at]?.scrollIntoView({ block: 'nearest' });
  }, [at]);

  const run = (command: Command | undefined) => {
    if (!command) return;
    onClose();
    window.setTimeout(command.run); // after the closing dialog has given the focus back: the command may move it
  };
  const pressed = (event: KeyboardEvent) => {
    if (event.nativeEvent.isComposing) return;
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (step) setChosen((at + step + entries.length) % Math.max(1, entries.length));
    else if (event.key === 'Enter') run(entries[at]);
    else return;
    event.preventDefault();
  };

  return (
    <Modal
      open
      onCancel={onClose}
      footer={null}
      closable={false}
      width={560}
      title={t('palette.title')}
      styles={{ header: { display: 'none' } }}
    >
      <Input
        autoFocus
        value={words}
        onChange={(event) => {
          setWords(event.target.value);
          setChosen(0);
        }}
        onKeyDown={pressed}
        prefix={<SearchOutlined aria-hidden />}
        placeholder={t('palette.hint')}
        aria-label={t('palette.hint')}
        role="combobox"
        aria-expanded
        aria-controls="palette-entries"
        aria-activedescendant={entries[at] && `palette-${entries[at].id}`}
        maxLength={100}
        variant="borderless"
        size="large"
      />
      <div ref={list} id="palette-entries" role="listbox" className={styles.entries} aria-label={t('palette.title')}>
        {entries.map((command, index) => (
          // biome-ignore lint/a11y/useKeyWithClickEvents: the field above has the keys
          <div
            key={command.id}
            id={`palette-${command.id}`}
            role="option"
            aria-selected={index === at}
            tabIndex={-1}
            onClick={() => run(command)}
            onMouseMove={() => setChosen(index)}
          >
            <span>{command.title}</span>
            {command.about && <small>{command.about}</small>}
            {command.keys && <kbd>{command.keys}</kbd>}
          </div>
        ))}
      </div>
      {entries.length === 0 && <p className={styles.nothing}>{t('palette.nothing')}</p>}
    </Modal>
  );
}

/** Messages that hold the words, as ways to their conversations. */
function useHits(words: string): Command[] {
  const navigate = useNavigate();
  const { t } = useTranslation();
  const asked = useDeferredValue(words.trim());
  const found = useQuery({
    queryKey: ['search', asked, HITS],
    queryFn: () => api.search(asked, undefined, HITS),
    enabled: asked.length > 1,
    placeholderData: (before) => before,
  });
  if (asked.length < 2) return [];
  return (found.data?.items ?? []).map(({ customer, message }) => ({
    id: `hit.${message.id}`,
    title: 'text' in message.content ? excerptOf(message.content.text, asked).join('') : '',
    about: `${customerName({ customer }, t)} · ${dayAndTime(message.created_at)}`,
    run: () => navigate(`/inbox/${message.conversation_id}?view=all`),
  }));
}
