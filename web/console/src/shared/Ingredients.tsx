import '@/i18n/pages/labels';
import { useTranslation } from 'react-i18next';
import styles from './ingredients.module.css';

interface Found {
  ingredients: { name: string; inci: string; purposes: string[]; certain: boolean }[];
  cautions?: string[];
  conflicts?: string[];
  suits?: string[];
  unsuited?: string[];
  unclear?: string[];
  unknown?: string[];
  sources?: string[];
}

const PARTS = ['cautions', 'conflicts', 'suits', 'unsuited'] as const;

/** What a label means: what matters first, then every ingredient, then what it stands on. */
export function Ingredients({ summary, found, open = false }: { summary: string; found: Found; open?: boolean }) {
  const { t } = useTranslation();
  const notRead = [...(found.unclear ?? []), ...(found.unknown ?? [])];
  return (
    <div className={styles.card}>
      <p>{summary}</p>
      {PARTS.map((part) => (
        <Part key={part} title={t(`labels.${part}`)} lines={found[part] ?? []} look={part} />
      ))}
      <Part title={t('labels.notRead')} lines={notRead} look="unread" />
      <details open={open}>
        <summary>{t('labels.ingredients', { count: found.ingredients.length })}</summary>
        <ol>
          {found.ingredients.map((one, at) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: two can have one INCI name, and none ever moves
            <li key={at} title={one.inci}>
              {one.name}
              {!one.certain && <abbr title={t('labels.correctedHint')}>*</abbr>}
              <small> {one.purposes.join(t('labels.comma'))}</small>
            </li>
          ))}
        </ol>
        {found.sources && found.sources.length > 0 && (
          <small>{t('labels.sources', { titles: found.sources.join(t('labels.semicolon')) })}</small>
        )}
      </details>
    </div>
  );
}

function Part({ title, lines, look }: { title: string; lines: string[]; look: string }) {
  if (lines.length === 0) return null;
  return (
    <section data-look={look}>
      <h4>{title}</h4>
      <ul>
        {lines.map((line) => (
          <li key={line}>{line}</li>
        ))}
      </ul>
    </section>
  );
}
