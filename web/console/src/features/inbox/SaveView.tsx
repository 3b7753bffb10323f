import { useMutation, useQueryClient } from '@tanstack/react-query';
import { App, Button, Checkbox, Input, Space } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { api } from '@/shared/api';
import { useMay } from '@/shared/session';
import styles from './inbox.module.css';
import type { Wanted } from './list';
import { SAVED_VIEWS } from './savedViews';

/** Keeps what is listed now under a name. */
export function SaveView({ wanted, onSaved }: { wanted: Wanted; onSaved: () => void }) {
  const { t } = useTranslation();
  const { message } = App.useApp();
  const queries = useQueryClient();
  const mayShare = useMay('routing.manage');
  const [open, setOpen] = useState(false);
  const [name, setName] = useState('');
  const [shared, setShared] = useState(false);
  const save = useMutation({
    mutationFn: () => api.saveView({ name: name.trim(), query: wanted, shared }),
    onSuccess: async (view) => {
      await queries.invalidateQueries({ queryKey: SAVED_VIEWS });
      void message.success(t('savedViews.saved', { name: view.name }));
      onSaved();
    },
    onError: (problem) => void message.error(problem.message),
  });
  if (!open) return <Button onClick={() => setOpen(true)}>{t('savedViews.save')}</Button>;
  return (
    <form
      className={styles.saveView}
      onSubmit={(event) => {
        event.preventDefault();
        if (name.trim()) save.mutate();
      }}
    >
      <Space.Compact block>
        <Input
          autoFocus
          value={name}
          onChange={(event) => setName(event.target.value)}
          placeholder={t('savedViews.name')}
          aria-label={t('savedViews.name')}
          maxLength={30}
        />
        <Button type="primary" htmlType="submit" loading={save.isPending} disabled={!name.trim()}>
          {t('savedViews.confirm')}
        </Button>
      </Space.Compact>
      {mayShare && (
        <Checkbox checked={shared} onChange={(event) => setShared(event.target.checked)}>
          {t('savedViews.shared')}
        </Checkbox>
      )}
    </form>
  );
}
