import { useQuery } from '@tanstack/react-query';
import { Segmented, Skeleton } from 'antd';
import { type ReactNode, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { escalations, type Quality as Figures, type ItemKind } from '@/shared/escalations';
import { share } from '@/shared/reasons';
import styles from './onBoard.module.css';

const DAYS = [7, 30, 90];

/** How good the warnings were: whether they came true, and whether they came at all. */
export function Quality() {
  const { t } = useTranslation();
  const [days, setDays] = useState(30);
  const [kind, setKind] = useState<ItemKind>('conversation');
  const quality = useQuery({
    queryKey: ['risk-quality', kind, days],
    queryFn: () => escalations.quality(kind, days),
  });
  return (
    <div className={styles.quality}>
      <h3>
        {t('onBoard.quality')}
        <Segmented
          size="small"
          value={kind}
          onChange={setKind}
          aria-label={t('onBoard.about')}
          options={(['conversation', 'ticket'] as const).map((value) => ({
            value,
            label: t(`onBoard.about_${value}`),
          }))}
        />
        <Segmented
          size="small"
          value={days}
          onChange={setDays}
          aria-label={t('onBoard.quality')}
          options={DAYS.map((value) => ({ value, label: t('onBoard.days', { count: value }) }))}
        />
      </h3>
      {quality.isPending && <Skeleton active title={false} paragraph={{ rows: 2 }} />}
      {quality.error && <p role="alert">{quality.error.message}</p>}
      {quality.data && <Shown found={quality.data} kind={kind} />}
    </div>
  );
}

function Shown({ found, kind }: { found: Figures; kind: ItemKind }) {
  const { t } = useTranslation();
  const orTooFew = (value: number | null) => (value === null ? <small>{t('onBoard.tooFew')}</small> : share(value));
  return (
    <div className={styles.measured}>
      <dl>
        <Figure name={t('onBoard.precision')} hint={t('onBoard.precisionHint', { count: found.flagged })}>
          {orTooFew(found.precision)}
        </Figure>
        <Figure name={t('onBoard.recall')} hint={t('onBoard.recallHint', { count: found.went_wrong })}>
          {orTooFew(found.recall)}
        </Figure>
        <Figure
          name={t(`onBoard.ended_${kind}`)}
          hint={
            found.model.version === 0
              ? t('onBoard.scorecard')
              : t('onBoard.taught', { version: found.model.version, count: found.model.trained_on })
          }
        >
          {found.ended}
        </Figure>
      </dl>
      {found.bins.length > 0 && (
        <table>
          <caption>{t('onBoard.calibration')}</caption>
          <thead>
            <tr>
              <th scope="col">{t('onBoard.expected')}</th>
              <th scope="col">{t('onBoard.happened')}</th>
              <th scope="col">{t('onBoard.estimates')}</th>
            </tr>
          </thead>
          <tbody>
            {found.bins.map((bin) => (
              <tr key={bin.expected}>
                <td>{share(bin.expected)}</td>
                <td>{share(bin.happened)}</td>
                <td>{bin.count}</td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
    </div>
  );
}

function Figure({ name, hint, children }: { name: string; hint: string; children: ReactNode }) {
  return (
    <div>
      <dt>{name}</dt>
      <dd>
        <b>{children}</b>
        <small>{hint}</small>
      </dd>
    </div>
  );
}
