import { useTranslation } from 'react-i18next';
import type { PackageLabel } from '@/shared/api';
import styles from './labels.module.css';

const share = (part: number, whole: number) => `${(100 * part) / whole}%`;

/** The picture, and where its lines were found; not where it had to be turned or straightened for that. */
export function Picture({ address, label }: { address: string; label: PackageLabel | null }) {
  const { t } = useTranslation();
  const { width = 0, height = 0, turned, straightened, lines = [] } = label ?? {};
  const framed = width > 0 && height > 0 && !turned && !straightened;
  return (
    <div className={styles.picture}>
      <img src={address} alt={t('labels.picture')} />
      {framed &&
        lines.map((line) => (
          <span
            key={`${line.x} ${line.y}`}
            className={styles.frame}
            aria-hidden
            title={line.text}
            style={{
              insetInlineStart: share(line.x, width),
              insetBlockStart: share(line.y, height),
              inlineSize: share(line.width, width),
              blockSize: share(line.height, height),
            }}
          />
        ))}
    </div>
  );
}
