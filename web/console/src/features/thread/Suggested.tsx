import '@/i18n/pages/suggested';
import { CloseOutlined, DownOutlined, UpOutlined } from '@ant-design/icons';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { App, Button, Checkbox, Popover, Tooltip } from 'antd';
import { type Ref, useImperativeHandle, useMemo, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Suggestion, SuggestionFate, SuggestionList } from '@/client/types.gen';
import { prefer, usePreferences } from '@/shared/preferences';
import { useShortcuts } from '@/shared/shortcuts';
import { suggesting } from '@/shared/suggesting';
import styles from './suggested.module.css';
import { fateOf } from './suggestedFate';

export interface SuggestedHandle {
  /** A reply went out. */
  sent: (text: string) => void;
}

interface Props {
  ref: Ref<SuggestedHandle>;
  id: string;
  /** The customer's message that nobody has answered; 0: there is none. */
  seq: number;
  onInsert: (text: string) => void;
}

/** What the knowledge base and the beauty graph would answer; one key puts it into the reply. */
export default function Suggested({ ref, id, seq, onInsert }: Props) {
  const { t } = useTranslation();
  const { suggestionsHidden } = usePreferences();
  const queries = useQueryClient();
  const key = useMemo(() => ['suggestions', id, seq], [id, seq]);
  const found = useQuery({
    queryKey: key,
    queryFn: () => suggesting.list(id, seq),
    enabled: seq > 0,
    staleTime: Number.POSITIVE_INFINITY,
  });
  const { message } = App.useApp();
  const [inserted, setInserted] = useState<{ seq: number; suggestion: Suggestion; corrects: boolean } | null>(null);
  const items = useMemo(() => (seq > 0 ? (found.data?.items ?? []) : []), [found.data, seq]);

  // a verdict that does not arrive is no loss: suggestions are ranked by many
  const keep = (at: number, { key: name }: Suggestion, fate: SuggestionFate) =>
    void suggesting.keep(id, { seq: at, key: name, fate }).catch(() => {});
  const correct = async (at: number, { key: name, article_id }: Suggestion, text: string) => {
    if (!article_id) return;
    try {
      await suggesting.keep(id, { seq: at, key: name, fate: 'edited', correction: { article_id, text } });
      void message.success(t('suggested.corrected'));
    } catch (problem) {
      void message.error(problem instanceof Error ? problem.message : String(problem));
    }
  };
  const insert = (suggestion: Suggestion) => {
    setInserted({ seq, suggestion, corrects: false });
    onInsert(suggestion.text);
  };
  const reject = (suggestion: Suggestion) => {
    keep(seq, suggestion, 'rejected');
    queries.setQueryData<SuggestionList>(
      key,
      (list) => list && { ...list, items: list.items.filter((one) => one !== suggestion) },
    );
  };
  useImperativeHandle(ref, () => ({
    sent: (text) => {
      setInserted(null);
      if (!inserted) return;
      const { seq: at, suggestion, corrects } = inserted;
      const fate = fateOf(suggestion.text, text);
      if (corrects && fate !== 'accepted') void correct(at, suggestion, text);
      else if (fate) keep(at, suggestion, fate);
    },
  }));
  const latest = useRef({ items, insert });
  latest.current = { items, insert };
  useShortcuts(
    useMemo(() => {
      const put = (at: number) => () => {
        const one = latest.current.items[at];
        if (one) latest.current.insert(one);
      };
      return Object.fromEntries([0, 1, 2, 3, 4].map((at) => [`Digit${at + 1}`, put(at)]));
    }, []),
  );

  if (items.length === 0) return null;
  if (suggestionsHidden)
    return (
      <div className={styles.bar}>
        <Button
          type="text"
          size="small"
          icon={<UpOutlined aria-hidden />}
          onClick={() => prefer({ suggestionsHidden: false })}
        >
          {t('suggested.show', { count: items.length })}
        </Button>
      </div>
    );
  return (
    <section className={styles.bar} aria-label={t('suggested.label')}>
      {inserted?.seq === seq && inserted.suggestion.article_id && (
        <Checkbox
          className={styles.correct}
          checked={inserted.corrects}
          onChange={(event) => setInserted({ ...inserted, corrects: event.target.checked })}
        >
          {t('suggested.correct', { title: inserted.suggestion.title })}
        </Checkbox>
      )}
      <ol className={styles.list}>
        {items.map((one, at) => (
          <li key={one.key}>
            <Popover
              mouseEnterDelay={0.4}
              placement="topLeft"
              content={<Whole suggestion={one} />}
              classNames={{ root: styles.whole }}
            >
              <button type="button" className={styles.one} onClick={() => insert(one)}>
                <kbd>Alt+{at + 1}</kbd>
                <span className={styles.source} data-source={one.source}>
                  {t(`suggested.source_${one.source}`)}
                </span>
                <b>{one.title}</b>
                <span className={styles.text}>{one.text}</span>
              </button>
            </Popover>
            <Tooltip title={t('suggested.reject', { title: one.title })}>
              <Button
                type="text"
                size="small"
                icon={<CloseOutlined aria-hidden />}
                aria-label={t('suggested.reject', { title: one.title })}
                onClick={() => reject(one)}
              />
            </Tooltip>
          </li>
        ))}
      </ol>
      <Tooltip title={t('suggested.hide')}>
        <Button
          type="text"
          size="small"
          icon={<DownOutlined aria-hidden />}
          aria-label={t('suggested.hide')}
          onClick={() => prefer({ suggestionsHidden: true })}
        />
      </Tooltip>
    </section>
  );
}

function Whole({ suggestion }: { suggestion: Suggestion }) {
  const { t } = useTranslation();
  return (
    <>
      <p>{suggestion.text}</p>
      {suggestion.sources.length > 0 && (
        <small>{t('suggested.sources', { sources: suggestion.sources.join(' · ') })}</small>
      )}
    </>
  );
}
