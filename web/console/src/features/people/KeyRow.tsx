import { KeyOutlined } from '@ant-design/icons';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { App, Button } from 'antd';
import { useTranslation } from 'react-i18next';
import { type ApiKey, people } from '@/shared/people';
import { wholeMoment } from '@/shared/time';
import type { KeyState } from './keys';
import styles from './people.module.css';
import { byArea } from './permissions';

const MARKS: Record<KeyState, string | undefined> = {
  valid: styles.active,
  expired: styles.left,
  revoked: styles.left,
};

/** One key: what for, by whom, what it may do; and its end. */
export function KeyRow({ apiKey, state }: { apiKey: ApiKey; state: KeyState }) {
  const { t } = useTranslation();
  const { message, modal } = App.useApp();
  const queries = useQueryClient();
  const { id, name } = apiKey;
  const revoke = useMutation({
    mutationFn: () => people.revokeKey(id),
    onSuccess: () => void message.success(t('keys.revoked', { name })),
    onError: (problem) => void message.error(problem.message),
    onSettled: () => queries.invalidateQueries({ queryKey: ['api-keys'] }),
  });
  const ask = () =>
    modal.confirm({
      title: t('keys.revokeSure', { name }),
      content: t('keys.revokeText'),
      okText: t('keys.revoke'),
      okButtonProps: { danger: true },
      onOk: () => revoke.mutate(),
    });
  const facts = [
    t('keys.by', { name: apiKey.created_by, time: wholeMoment(apiKey.created_at) }),
    apiKey.last_used_at ? t('keys.used', { time: wholeMoment(apiKey.last_used_at) }) : t('keys.unused'),
    apiKey.expires_at ? t('keys.until', { time: wholeMoment(apiKey.expires_at) }) : t('keys.never'),
  ];
  return (
    <li>
      <KeyOutlined aria-hidden />
      <span className={styles.rowText}>
        <b>{name}</b>
        <span className={`${styles.state} ${MARKS[state]}`}>{t(`keys.state_${state}`)}</span>
        <small>{facts.join(' · ')}</small>
        <small>
          {byArea(apiKey.scopes)
            .flatMap(([, scopes]) => scopes.map((scope) => t(`permission.${scope}`)))
            .join(' · ')}
        </small>
      </span>
      {state === 'valid' && (
        <Button size="small" danger loading={revoke.isPending} aria-label={t('keys.revokeOf', { name })} onClick={ask}>
          {t('keys.revoke')}
        </Button>
      )}
    </li>
  );
}
