import { Empty } from 'antd';
import { useTranslation } from 'react-i18next';
import { dayAndTime } from '@/shared/time';
import type { OutreachOverview, WatchedShop } from './api';
import { percent, share, whole } from './figures';
import styles from './outreach.module.css';

/** How right it was what customers were told, and what is known of each shop. */
export function Figures({ overview }: { overview: OutreachOverview }) {
  const { t } = useTranslation();
  const lines = overview.accuracy;
  return (
    <>
      <section className={styles.part} aria-labelledby="accuracy">
        <h2 id="accuracy">{t('outreach.accuracy')}</h2>
        <small>{t('outreach.accuracyHint')}</small>
        {lines.length === 0 ? (
          <Empty image={Empty.PRESENTED_IMAGE_SIMPLE} description={t('outreach.noAccuracy')} />
        ) : (
          <div className={styles.scroll}>
            <table className={styles.table}>
              <thead>
                <tr>
                  <th scope="col">{t('outreach.rule')}</th>
                  {(['Found', 'Told', 'Right', 'Wrong', 'Share'] as const).map((column) => (
                    <th key={column} scope="col">
                      {t(`outreach.column${column}`)}
                    </th>
                  ))}
                </tr>
              </thead>
              <tbody>
                {lines.map((line) => (
                  <Row key={line.rule} name={t(`outreach.trouble_${line.rule}`)} line={line} />
                ))}
                <Row name={t('outreach.all')} line={whole(lines)} />
              </tbody>
            </table>
          </div>
        )}
      </section>
      <section className={styles.part} aria-labelledby="shops">
        <h2 id="shops">{t('outreach.shops')}</h2>
        <ul className={styles.shops}>
          {overview.shops.map((shop) => (
            <Shop key={shop.code} shop={shop} />
          ))}
        </ul>
      </section>
    </>
  );
}

function Row({ name, line }: { name: string; line: { found: number; told: number; right: number; wrong: number } }) {
  const right = share(line);
  return (
    <tr>
      <th scope="row">{name}</th>
      <td>{line.found}</td>
      <td>{line.told}</td>
      <td>{line.right}</td>
      <td>{line.wrong}</td>
      <td>{right === null ? '–' : percent(right)}</td>
    </tr>
  );
}

function Shop({ shop }: { shop: WatchedShop }) {
  const { t } = useTranslation();
  const { quality } = shop;
  const listing = shop.lists === null ? 'listsUnknown' : shop.lists ? 'lists' : 'listsNot';
  return (
    <li>
      <b>{shop.name}</b> {shop.demo && <small>{t('outreach.demo')}</small>}
      <p className={shop.lists === false ? styles.warn : undefined}>
        {t(`outreach.${listing}`)}
        {shop.asked_at && ` · ${t('outreach.asked', { time: dayAndTime(shop.asked_at) })}`}
      </p>
      {shop.failing_since && (
        <p className={styles.wrong}>{t('outreach.failing', { time: dayAndTime(shop.failing_since) })}</p>
      )}
      <p>
        {t('outreach.underWay', { count: shop.under_way })} · {t('outreach.journeys', { count: shop.journeys })}
      </p>
      <p className={styles.soft}>
        {quality
          ? t('outreach.quality', {
              tested: quality.tested,
              error: quality.error.toFixed(1),
              naive: quality.naive_error.toFixed(1),
              covered: percent(quality.covered),
            })
          : t('outreach.noQuality')}
      </p>
    </li>
  );
}
