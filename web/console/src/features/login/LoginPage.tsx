import { LockOutlined, UserOutlined } from '@ant-design/icons';
import { Alert, Button, Form, Input } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { api, type Me, Problem } from '@/shared/api';
import { LocaleSwitch } from './LocaleSwitch';
import styles from './login.module.css';

interface Entry {
  login: string;
  password: string;
}

interface Props {
  /** The session ended while somebody was at work. */
  expired: boolean;
  onSignedIn: (me: Me) => void;
}

export function LoginPage({ expired, onSignedIn }: Props) {
  const { t } = useTranslation();
  const [problem, setProblem] = useState('');
  const [busy, setBusy] = useState(false);

  const submit = async ({ login, password }: Entry) => {
    setBusy(true);
    setProblem('');
    try {
      onSignedIn(await api.login(login.trim(), password));
    } catch (refused) {
      setProblem(refused instanceof Problem ? refused.message : String(refused));
      setBusy(false);
    }
  };

  return (
    <main className={styles.page}>
      <section className={styles.card} aria-labelledby="login-title">
        <p className={styles.brand}>{t('app.name')}</p>
        <h1 id="login-title">{t('login.title')}</h1>
        {expired && !problem && <Alert type="info" title={t('login.expired')} showIcon />}
        {problem && <Alert type="error" title={problem} showIcon role="alert" />}
        <Form<Entry> layout="vertical" requiredMark={false} onFinish={(entry) => void submit(entry)} size="large">
          <Form.Item
            name="login"
            label={t('login.login')}
            rules={[{ required: true, whitespace: true, message: t('login.loginMissing') }]}
          >
            <Input prefix={<UserOutlined aria-hidden />} autoComplete="username" autoFocus maxLength={200} />
          </Form.Item>
          <Form.Item
            name="password"
            label={t('login.password')}
            rules={[{ required: true, message: t('login.passwordMissing') }]}
          >
            <Input.Password prefix={<LockOutlined aria-hidden />} autoComplete="current-password" maxLength={200} />
          </Form.Item>
          <Button type="primary" htmlType="submit" block loading={busy}>
            {t('login.submit')}
          </Button>
        </Form>
      </section>
      <LocaleSwitch />
    </main>
  );
}
