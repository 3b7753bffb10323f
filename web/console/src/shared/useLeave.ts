/** Asks before what was changed and not saved is left. */
import { App } from 'antd';
import { useEffect, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import { useBlocker } from 'react-router';

/** `leave(go)` goes at once where nothing was changed. Other pages are asked about too. */
export function useLeave(changed: boolean): (go: () => void) => void {
  const { t } = useTranslation();
  const { modal } = App.useApp();
  const blocker = useBlocker(changed);
  const ask = (onOk: () => void, onCancel?: () => void) =>
    modal.confirm({
      title: t('manage.leave'),
      content: t('manage.leaveHint'),
      okText: t('manage.leaveAnyway'),
      cancelText: t('manage.stay'),
      okButtonProps: { danger: true, type: 'default' },
      cancelButtonProps: { type: 'primary' },
      autoFocusButton: 'cancel',
      onOk,
      onCancel,
    });
  const asking = useRef(ask);
  asking.current = ask;
  useEffect(() => {
    if (blocker.state === 'blocked') asking.current(blocker.proceed, blocker.reset);
  }, [blocker]);
  return (go) => {
    if (changed) ask(go);
    else go();
  };
}
