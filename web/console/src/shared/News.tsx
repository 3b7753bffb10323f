import '@/i18n/pages/news';
import { SafetyCertificateOutlined } from '@ant-design/icons';
import { Button } from 'antd';
import { type ReactNode, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Differing } from './differing';
import styles from './news.module.css';
import { usePreferences } from './preferences';
import { dayAndTime } from './time';
import { WithReason } from './WithReason';

const MOST_WORDS = 12;

/** One thing that a release brings, whatever it is. */
export interface Item {
  id: string;
  title: string;
  change: 'new' | 'changed' | 'missing';
  unsafe?: boolean;
  edited: boolean;
  /** The organisation has one of its own. */
  known: boolean;
  why?: string;
  whyNow: { zh: string; en: string } | null;
  /** In words. */
  clashes: string[];
  declined: { why: string; author_name: string; at: string } | null;
  what: ReactNode;
}

interface Props {
  heading: (count: number) => string;
  hint: string;
  takeLabel: string;
  items: Item[];
  onTake: (ids: string[]) => Promise<void>;
  onDecline: (id: string, why: string) => Promise<void>;
  /** None: only one at a time can be taken. */
  takeAll?: string;
}

/** What a release brings to who has made what shipped before their own: each is shown, taken over or declined. */
export function News({ heading, hint, items, takeAll, ...rest }: Props) {
  const { t } = useTranslation();
  const open = items.filter(({ declined }) => !declined);
  const declined = items.filter(({ declined }) => declined);
  const brought = open.filter(({ change }) => change !== 'missing');
  const unsafe = items.filter((one) => one.unsafe).length;
  if (items.length === 0) return null;
  return (
    <section className={styles.news} aria-label={t('news.title')}>
      {unsafe > 0 && (
        <p className={styles.unsafe} role="alert">
          <SafetyCertificateOutlined aria-hidden /> {t('news.unsafe', { count: unsafe })}
        </p>
      )}
      {open.length > 0 && (
        <>
          <div className={styles.head}>
            <h2>{brought.length > 0 ? heading(brought.length) : t('news.title')}</h2>
            {takeAll && brought.length > 1 && (
              <Button onClick={() => void rest.onTake(brought.map(({ id }) => id))}>{takeAll}</Button>
            )}
          </div>
          <p className={styles.soft}>{hint}</p>
          <Items items={open} {...rest} />
        </>
      )}
      {declined.length > 0 && (
        <details>
          <summary>{t('news.declined', { count: declined.length })}</summary>
          <Items items={declined} {...rest} />
        </details>
      )}
    </section>
  );
}

type Actions = Pick<Props, 'takeLabel' | 'onTake' | 'onDecline'>;

function Items({ items, ...actions }: { items: Item[] } & Actions) {
  return (
    <ul className={styles.items}>
      {items.map((item) => (
        <Entry key={item.id} item={item} {...actions} />
      ))}
    </ul>
  );
}

function Entry({ item, takeLabel, onTake, onDecline }: { item: Item } & Actions) {
  const { t } = useTranslation();
  const { locale } = usePreferences();
  const [declining, setDeclining] = useState(false);
  const [busy, setBusy] = useState(false);
  const take = async () => {
    setBusy(true);
    await onTake([item.id]);
    setBusy(false);
  };
  return (
    <li className={styles.item} aria-label={item.title}>
      <div className={styles.head}>
        <h3>
          {item.title} <small className={styles.mark}>{t(`news.${item.change}`)}</small>
          {item.unsafe && <span className={styles.unsafe}> {t('news.unsafeOne')}</span>}
        </h3>
        <Button size="small" loading={busy} onClick={() => void take()}>
          {takeLabel}
        </Button>
        {!item.declined && item.change !== 'missing' && (
          <Button size="small" type="text" aria-expanded={declining} onClick={() => setDeclining(!declining)}>
            {t(declining ? 'news.cancel' : 'news.decline')}
          </Button>
        )}
      </div>
      {declining && (
        <WithReason label={t('news.decline')} hint={t('news.declineWhy')} onGiven={(why) => onDecline(item.id, why)} />
      )}
      {item.declined && (
        <p className={styles.soft}>
          {t('news.declinedBy', {
            name: item.declined.author_name,
            time: dayAndTime(item.declined.at),
            why: item.declined.why,
          })}
        </p>
      )}
      <dl>
        {item.why && <Line name={t('news.why')}>{item.why}</Line>}
        {item.whyNow && <Line name={t('news.whyNow')}>{item.whyNow[locale]}</Line>}
      </dl>
      {item.what}
      {item.change === 'changed' && item.edited && (
        <p className={styles.soft}>{t(item.known ? 'news.edited' : 'news.removed')}</p>
      )}
      {item.clashes.length > 0 && (
        <p className={styles.warn}>{t('news.clash', { fields: item.clashes.join(t('news.comma')) })}</p>
      )}
    </li>
  );
}

function Line({ name, children }: { name: string; children: ReactNode }) {
  return (
    <div>
      <dt>{name}</dt>
      <dd>{children}</dd>
    </div>
  );
}

interface DifferencesProps {
  found: Differing[];
  nameOf: (path: string[]) => string;
  inWords: (path: string[], value: unknown) => string;
}

/** What taking something over would change. */
export function Differences({ found, nameOf, inWords }: DifferencesProps) {
  const { t } = useTranslation();
  const listed = (path: string[], words: string[]) =>
    words
      .slice(0, MOST_WORDS)
      .map((word) => inWords(path, word))
      .join(t('news.comma')) + (words.length > MOST_WORDS ? ` ${t('news.more', { count: words.length })}` : '');
  return (
    <div>
      <p className={styles.soft}>{t('news.would')}</p>
      <ul className={styles.changes}>
        {found.map(({ path, before, after, added, removed }) => (
          <li key={path.join('.')}>
            <b>{nameOf(path)}</b>{' '}
            {added && added.length > 0 && <ins>{t('news.added', { words: listed(path, added) })} </ins>}
            {removed && removed.length > 0 && <del>{t('news.gone', { words: listed(path, removed) })}</del>}
            {!added && (
              <>
                {before != null && before !== '' && <del>{inWords(path, before)}</del>}{' '}
                <ins>{after == null || after === '' ? t('news.nothing') : inWords(path, after)}</ins>
              </>
            )}
          </li>
        ))}
      </ul>
    </div>
  );
}
