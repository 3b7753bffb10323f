import { Segmented } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Assessment, NameMatch, PackageLabel } from '@/shared/api';
import { Ingredients } from '@/shared/Ingredients';
import styles from './labels.module.css';

type Part = 'names' | 'lines' | 'meaning';

/** What came of a picture: verdict and times, then names, lines and meaning. */
export function Found({ label, meaning }: { label: PackageLabel; meaning: Assessment | null }) {
  const { t } = useTranslation();
  const [part, setPart] = useState<Part>('names');
  const facts = [
    t('labels.readTime', { seconds: (label.read_seconds ?? 0).toFixed(2) }),
    t('labels.matchTime', { ms: ((label.match_seconds ?? 0) * 1000).toFixed(0) }),
    label.turned ? t('labels.turned', { degrees: label.turned }) : null,
    label.straightened ? t('labels.straightened') : null,
  ].filter((fact) => fact !== null);
  const parts: Part[] = meaning ? ['names', 'lines', 'meaning'] : ['names', 'lines'];
  return (
    <>
      <p className={styles.verdict}>
        <b className={styles.mark} data-look={label.is_list ? 'exact' : 'unclear'}>
          {t(label.is_list ? 'labels.isList' : 'labels.noList')}
        </b>
        <small>{facts.join(' · ')}</small>
      </p>
      {!label.is_list && <small>{t('labels.noListHint')}</small>}
      <Segmented<Part>
        value={part}
        onChange={setPart}
        aria-label={t('labels.result')}
        className={styles.parts}
        options={parts.map((value) => ({ value, label: t(`labels.${value}`) }))}
      />
      {part === 'names' && <Names matches={label.matches ?? []} />}
      {part === 'lines' && <Lines label={label} />}
      {part === 'meaning' && meaning && <Ingredients summary={meaning.summary} found={meaning} open />}
    </>
  );
}

function Names({ matches }: { matches: NameMatch[] }) {
  const { t } = useTranslation();
  if (matches.length === 0) return <p>{t('labels.noNames')}</p>;
  return (
    <table className={styles.table} aria-label={t('labels.names')}>
      <thead>
        <tr>
          <th scope="col">{t('labels.read')}</th>
          <th scope="col">{t('labels.official')}</th>
          <th scope="col">{t('labels.certainty')}</th>
          <th scope="col">{t('labels.score')}</th>
        </tr>
      </thead>
      <tbody>
        {matches.map((match) => (
          <tr key={`${match.read} ${match.name}`}>
            <td>{match.read}</td>
            <td>
              <Official match={match} />
            </td>
            <td>
              <span className={styles.mark} data-look={match.certainty}>
                {t(`labels.${match.certainty}`)}
              </span>
            </td>
            <td>{match.score ? match.score.toFixed(0) : '–'}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

function Official({ match }: { match: NameMatch }) {
  const { t } = useTranslation();
  if (match.name) {
    return (
      <>
        {match.name} <small>{match.inci}</small>
      </>
    );
  }
  const candidates = match.candidates ?? [];
  return candidates.length > 0 ? <small>{t('labels.candidates', { names: candidates.join('、') })}</small> : null;
}

function Lines({ label }: { label: PackageLabel }) {
  const { t } = useTranslation();
  const lines = label.lines ?? [];
  if (lines.length === 0) return <p>{t('labels.noText')}</p>;
  return (
    <table className={styles.table} aria-label={t('labels.lines')}>
      <thead>
        <tr>
          <th scope="col">{t('labels.read')}</th>
          <th scope="col">{t('labels.confidence')}</th>
        </tr>
      </thead>
      <tbody>
        {lines.map((line) => (
          <tr key={`${line.x} ${line.y}`}>
            <td>{line.text}</td>
            <td>{(line.score * 100).toFixed(0)}%</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}
