import { useMutation, useQueryClient } from '@tanstack/react-query';
import { Alert, App, Button, Popconfirm } from 'antd';
import { type ReactNode, useId } from 'react';
import { useTranslation } from 'react-i18next';
import styles from './manage.module.css';

interface Props<Saved> {
  /** None: it is new. */
  id: string | null;
  name: string;
  heading: string;
  /** Under what the list is kept. */
  queryKey: string[];
  whole: boolean;
  save: () => Promise<Saved>;
  /** None: it is put away by a field of the form. */
  drop?: (id: string) => Promise<unknown>;
  onSaved: (saved: Saved) => void;
  onDropped?: () => void;
  children: ReactNode;
}

/** A form of something that is kept: saves it, drops it after asking, says what the server refused. */
export function Editor<Saved>({ id, name, heading, queryKey, whole, onSaved, onDropped, ...props }: Props<Saved>) {
  const { t } = useTranslation();
  const { message } = App.useApp();
  const queries = useQueryClient();
  const title = useId();
  const save = useMutation({
    mutationFn: props.save,
    onSuccess: async (saved) => {
      await queries.invalidateQueries({ queryKey });
      void message.success(t('manage.saved', { name }));
      onSaved(saved);
    },
  });
  const drop = useMutation({
    mutationFn: async (id: string) => props.drop?.(id),
    onSuccess: async () => {
      await queries.invalidateQueries({ queryKey });
      void message.success(t('manage.dropped', { name }));
      onDropped?.();
    },
    onError: (problem) => void message.error(problem.message),
  });
  return (
    <form
      className={styles.editor}
      aria-labelledby={title}
      onSubmit={(event) => {
        event.preventDefault();
        if (whole) save.mutate();
      }}
    >
      <h2 id={title}>{heading}</h2>
      {props.children}
      {save.error && <Alert type="error" title={save.error.message} role="alert" showIcon />}
      <div className={styles.end}>
        <Button type="primary" htmlType="submit" loading={save.isPending} disabled={!whole}>
          {t('manage.save')}
        </Button>
        {id && props.drop && (
          <Popconfirm
            title={t('manage.dropSure', { name })}
            okText={t('manage.drop')}
            okButtonProps={{ danger: true }}
            onConfirm={() => drop.mutate(id)}
          >
            <Button danger type="text" loading={drop.isPending}>
              {t('manage.drop')}
            </Button>
          </Popconfirm>
        )}
      </div>
    </form>
  );
}

/** Instead of the form, for who may use it but not change it. */
export function ReadOnly({ name, children, onCopy }: { name: string; children: ReactNode; onCopy: () => void }) {
  const { t } = useTranslation();
  return (
    <article className={styles.editor} aria-label={name}>
      <h2>{name}</h2>
      <Alert type="info" title={t('manage.readonly')} showIcon />
      {children}
      <div className={styles.end}>
        <Button onClick={onCopy}>{t('manage.copy')}</Button>
      </div>
    </article>
  );
}
