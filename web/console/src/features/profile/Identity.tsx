import { Tooltip } from 'antd';
import { useTranslation } from 'react-i18next';
import { api, type ConversationItem, type Profile } from '@/shared/api';
import { customerName } from '@/shared/names';
import { dayKey } from '@/shared/time';
import { yuan } from './figures';
import { Masked } from './Masked';
import styles from './profile.module.css';

interface Props {
  profile: Profile;
  item: ConversationItem;
  mayReveal: boolean;
}

/** Who this is and what they are worth. */
export function Identity({ profile, item, mayReveal }: Props) {
  const { t } = useTranslation();
  const { customer } = profile;
  const fields = (['name', 'phone', 'email'] as const).filter((field) => customer[field]);
  return (
    <section className={styles.identity}>
      <header>
        <h2 title={customerName(item, t)}>{customerName(item, t)}</h2>
        <Tooltip title={t(`profile.segmentHint_${customer.segment}`)}>
          <span className={styles.segment} data-segment={customer.segment}>
            {t(`profile.segment_${customer.segment}`)}
          </span>
        </Tooltip>
      </header>
      <p className={styles.soft}>
        {t(customer.identified ? 'profile.verified' : 'profile.anonymous')}
        {customer.locale !== 'zh' && ` · ${t(`profile.${customer.locale}`)}`}
      </p>
      <Worth profile={profile} />
      <dl>
        {fields.map((field) => (
          <div key={field}>
            <dt>{t(`profile.${field}`)}</dt>
            <dd>
              <Masked
                field={t(`profile.${field}`)}
                masked={customer[field] ?? ''}
                may={mayReveal}
                reveal={(reason) => api.revealCustomer(customer.id, field, reason)}
              />
            </dd>
          </div>
        ))}
        <div>
          <dt>{t('profile.channels')}</dt>
          <dd>
            <Channels identities={customer.identities} />
          </dd>
        </div>
        <div>
          <dt>{t('profile.since')}</dt>
          <dd>{dayKey(customer.created_at)}</dd>
        </div>
      </dl>
    </section>
  );
}

function Worth({ profile }: { profile: Profile }) {
  const { t } = useTranslation();
  const { purchases } = profile;
  if (!purchases || purchases.orders === 0) return null;
  return (
    <p className={styles.worth}>
      <b>{t('profile.bought', { count: purchases.orders })}</b>
      <b>{t('profile.spent', { amount: yuan(purchases.total_cents) })}</b>
      {purchases.last_order_at && <span>{t('profile.lastOrder', { day: dayKey(purchases.last_order_at) })}</span>}
    </p>
  );
}

/** Each kind of channel once, however many devices somebody has. */
function Channels({ identities }: { identities: Profile['customer']['identities'] }) {
  const { t } = useTranslation();
  const verified = new Map<string, boolean>();
  for (const one of identities) {
    const kind = one.channel.split(':')[0] ?? one.channel;
    verified.set(kind, one.verified || (verified.get(kind) ?? false));
  }
  const name = (kind: string) => t(`profile.channel_${kind as 'web' | 'shop'}`, { defaultValue: kind });
  return [...verified]
    .map(([kind, sure]) => (sure ? `${name(kind)} (${t('profile.channelVerified')})` : name(kind)))
    .join(' · ');
}
