import { useMutation, useQuery } from '@tanstack/react-query';
import { Alert, Button, Form, Input, Result, Skeleton } from 'antd';
import { useEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import '@/i18n/pages/invitation';
import '@/i18n/pages/password';
import { api, type Me, Problem } from '@/shared/api';
import { people } from '@/shared/people';
import { prefer } from '@/shared/preferences';
import { dayAndTime } from '@/shared/time';
import { LocaleSwitch } from './LocaleSwitch';
import styles from './login.module.css';

interface Entry {
  password: string;
  repeated: string;
}

/** Whoever was invited chooses a password and is signed in. The token stands behind # in the address. */
export default function InvitationPage({ onSignedIn }: { onSignedIn: (me: Me) => void }) {
  const { t } = useTranslation();
  const [token] = useState(() => window.location.hash.slice(1));
  const invited = useQuery({
    queryKey: ['invitation', token],
    queryFn: () => people.invited(token || '-'),
    retry: false,
    staleTime: Number.POSITIVE_INFINITY,
  });
  const useless = invited.error instanceof Problem && invited.error.code === 'link_invalid';
  const locale = invited.data?.locale;
  useEffect(() => {
    if (locale) prefer({ locale });
  }, [locale]);
  const accepted = useRef(false);
  const accept = useMutation({
    mutationFn: async ({ password }: Entry) => {
      if (!accepted.current) await people.accept(token, password); // works once; signing in may fail and be tried again
      accepted.current = true;
      return api.login(invited.data?.login ?? '', password);
    },
    onSuccess: onSignedIn,
  });

  return (
    <main className={styles.page}>
      <section className={styles.card} aria-labelledby="invitation-title">
        <p className={styles.brand}>{t('app.name')}</p>
        <h1 id="invitation-title">{t('invitation.title')}</h1>
        {invited.isPending && <Skeleton active />}
        {invited.error && (
          <Result
            status="warning"
            title={t(useless ? 'invitation.useless' : 'app.failed')}
            subTitle={<span role="alert">{invited.error.message}</span>}
            extra={
              useless ? (
                <Link to="/login">{t('invitation.toLogin')}</Link>
              ) : (
                <Button loading={invited.isFetching} onClick={() => void invited.refetch()}>
                  {t('app.retry')}
                </Button>
              )
            }
          />
        )}
        {invited.data && (
          <>
            <p className={styles.hello}>{t('invitation.hello', { name: invited.data.display_name })}</p>
            {accept.error && <Alert type="error" title={accept.error.message} showIcon role="alert" />}
            <Form<Entry> layout="vertical" requiredMark={false} onFinish={accept.mutate} size="large">
              <Form.Item label={t('invitation.login')} htmlFor="login">
                <Input id="login" value={invited.data.login} autoComplete="username" readOnly />
              </Form.Item>
              <Form.Item
                name="password"
                label={t('invitation.password')}
                extra={t('password.hint')}
                rules={[{ required: true, message: t('password.missing') }]}
              >
                <Input.Password autoComplete="new-password" maxLength={200} autoFocus />
              </Form.Item>
              <Form.Item
                name="repeated"
                label={t('invitation.repeat')}
                dependencies={['password']}
                rules={[
                  ({ getFieldValue }) => ({
                    validator: async (_, repeated) => {
                      if (repeated !== getFieldValue('password')) throw new Error(t('password.differs'));
                    },
                  }),
                ]}
              >
                <Input.Password autoComplete="new-password" maxLength={200} />
              </Form.Item>
              <Button type="primary" htmlType="submit" block loading={accept.isPending}>
                {t('invitation.submit')}
              </Button>
            </Form>
            <small className={styles.until}>
              {t('invitation.until', { time: dayAndTime(invited.data.expires_at) })}
            </small>
          </>
        )}
      </section>
      <LocaleSwitch />
    </main>
  );
}
