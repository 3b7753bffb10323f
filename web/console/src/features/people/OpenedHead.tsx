import { useMutation, useQueryClient } from '@tanstack/react-query';
import { App, Button } from 'antd';
import { useTranslation } from 'react-i18next';
import { type Colleague, type Invitation, people, STAFF } from '@/shared/people';
import { useMe } from '@/shared/session';
import { stateOf } from './drafts';
import styles from './people.module.css';
import { StateMark } from './StateMark';

interface Props {
  colleague: Colleague;
  onChanged: (colleague: Colleague) => void;
  onInvitation: (invitation: Invitation) => void;
}

/** Who is open, and what can be done about their access. */
export function OpenedHead({ colleague, onChanged, onInvitation }: Props) {
  const { t } = useTranslation();
  const { message, modal } = App.useApp();
  const queries = useQueryClient();
  const me = useMe();
  const { id, display_name: name } = colleague;
  const state = stateOf(colleague);
  const own = id === me.staff.id;

  const set = useMutation({
    mutationFn: (active: boolean) => (active ? people.reactivate(id) : people.deactivate(id)),
    onSuccess: async (_, active) => {
      onChanged({ ...colleague, active });
      for (const key of [STAFF, 'colleagues', 'skills']) void queries.invalidateQueries({ queryKey: [key] });
      const back = colleague.invited ? 'people.reactivatedInvited' : 'people.reactivated';
      void message.success(t(active ? back : 'people.deactivated', { name }));
    },
    onError: (problem) => void message.error(problem.message),
  });
  const renew = useMutation({
    mutationFn: () => people.renewInvitation(id),
    onSuccess: onInvitation,
    onError: (problem) => void message.error(problem.message),
  });
  const askToDeactivate = () =>
    modal.confirm({
      title: t('people.deactivateSure', { name }),
      content: t('people.deactivateText'),
      okText: t('people.deactivate'),
      okButtonProps: { danger: true },
      onOk: () => set.mutate(false),
    });
  const askToRenew = () =>
    modal.confirm({
      title: t(state === 'invited' ? 'people.renewSure' : 'people.resetSure', { name }),
      content: t(state === 'invited' ? 'people.renewText' : 'people.resetText'),
      okText: t(state === 'invited' ? 'people.renew' : 'people.reset'),
      onOk: () => renew.mutate(),
    });

  return (
    <header className={styles.head}>
      <h2>{name}</h2>
      <StateMark state={state} />
      {own && <small>{t('people.you')}</small>}
      {colleague.demo && <small>{t('people.demo')}</small>}
      <code>{colleague.login}</code>
      <span className={styles.actions}>
        {colleague.active && !own && (
          <>
            <Button loading={renew.isPending} onClick={askToRenew}>
              {t(state === 'invited' ? 'people.renew' : 'people.reset')}
            </Button>
            <Button danger loading={set.isPending} onClick={askToDeactivate}>
              {t('people.deactivate')}
            </Button>
          </>
        )}
        {!colleague.active && (
          <Button loading={set.isPending} onClick={() => set.mutate(true)}>
            {t('people.reactivate')}
          </Button>
        )}
      </span>
    </header>
  );
}
