import { ThunderboltOutlined } from '@ant-design/icons';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { App, Button, Dropdown, Tooltip } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { api, type ConversationItem, type Macro } from '@/shared/api';
import { actionText, isGrave, useMacros } from '@/shared/macros';
import { COUNTS } from '@/shared/queries';
import composerStyles from './composer.module.css';

interface Props {
  item: ConversationItem;
  onChanged: (item: ConversationItem) => void;
  /** Go on with the next one. */
  onResolved: () => void;
}

/** Runs a macro on the open conversation; asks first where it changes hands or ends. */
export default function MacroMenu({ item, onChanged, onResolved }: Props) {
  const { t } = useTranslation();
  const { message, modal } = App.useApp();
  const queries = useQueryClient();
  const [open, setOpen] = useState(false);
  const macros = useMacros(open);
  const colleagues = useQuery({ queryKey: ['colleagues'], queryFn: api.colleagues, enabled: open });
  const names = new Map(colleagues.data?.items.map(({ id, display_name }) => [id, display_name]));

  const run = useMutation({
    mutationFn: ({ id }: Macro) => api.runMacro(id, item.conversation.id, crypto.randomUUID()),
    onSuccess: ({ conversation }, { name }) => {
      onChanged({ ...item, conversation });
      void queries.invalidateQueries({ queryKey: COUNTS });
      void message.success(t('macro.ran', { name }));
      if (conversation.state === 'resolved') onResolved();
    },
    onError: (problem) => void message.error(problem.message, 8),
  });
  const choose = (macro: Macro) => {
    if (!macro.actions.some(isGrave)) {
      run.mutate(macro);
      return;
    }
    modal.confirm({
      title: t('macro.confirm', { name: macro.name }),
      content: (
        <ol className={composerStyles.steps}>
          {macro.actions.map((action, step) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: a list that does not change
            <li key={step}>{actionText(action, names, t)}</li>
          ))}
        </ol>
      ),
      okText: t('macro.run'),
      onOk: () => run.mutate(macro),
    });
  };

  const found = macros.data ?? [];
  const first = macros.isPending ? t('app.loading') : macros.isError ? macros.error.message : t('macro.none');
  return (
    <Dropdown
      trigger={['click']}
      placement="topLeft"
      open={open}
      onOpenChange={setOpen}
      menu={{
        className: composerStyles.macros,
        items: [
          ...found.map((macro) => ({ key: macro.id, label: macro.name, onClick: () => choose(macro) })),
          ...(found.length === 0 ? [{ key: 'none', label: first, disabled: true }] : []),
          { type: 'divider' as const },
          { key: 'manage', label: <Link to="/manage/macros">{t('macro.manage')}</Link> },
        ],
      }}
    >
      <Tooltip title={open ? '' : t('macro.title')}>
        <Button
          type="text"
          size="small"
          icon={<ThunderboltOutlined aria-hidden />}
          aria-label={t('macro.title')}
          loading={run.isPending}
        />
      </Tooltip>
    </Dropdown>
  );
}
