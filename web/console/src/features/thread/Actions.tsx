import {
  CheckOutlined,
  ClockCircleOutlined,
  FileDoneOutlined,
  ProfileOutlined,
  ScheduleOutlined,
  SwapOutlined,
  UserAddOutlined,
} from '@ant-design/icons';
import { Button, Dropdown, Tooltip } from 'antd';
import { lazy, Suspense, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { ConversationItem, Message } from '@/shared/api';
import { useMay, useMe } from '@/shared/session';
import { More } from './More';
import type { useMarks } from './marks';
import { momentOf, PRESETS } from './snooze';
import styles from './thread.module.css';
import type { useWork } from './work';

const Transfer = lazy(() => import('./Transfer'));

interface Props {
  item: ConversationItem;
  work: ReturnType<typeof useWork>;
  marks: ReturnType<typeof useMarks>;
  snoozing: boolean;
  onSnoozing: (open: boolean) => void;
  panel: Panel;
  dialogs: Dialogs;
}

/** What is asked for before it is done, in dialogs that do not belong to the thread. */
export interface Dialogs {
  resolve: (item: ConversationItem) => void;
  /** The wrap-up of a conversation that has ended. */
  record: (item: ConversationItem) => void;
  promise: (item: ConversationItem) => void;
  /** A ticket about the conversation, or about one message of it. */
  ticket: (item: ConversationItem, message?: Message) => void;
  escalate: (item: ConversationItem) => void;
}

/** Who the customer is, shown beside the thread or not. */
export interface Panel {
  open: boolean;
  toggle: () => void;
}

/** The buttons above a thread: only what can be done now. */
export function Actions({ item, work, marks, snoozing, onSnoozing, panel, dialogs }: Props) {
  const { t } = useTranslation();
  const me = useMe().staff.id;
  const mayReply = useMay('conversations.reply');
  const mayAssign = useMay('conversations.assign');
  const [transferring, setTransferring] = useState(false);
  const head = item.conversation;
  const mine = head.assignee_id === me;
  const live = head.state !== 'resolved';

  return (
    <div className={styles.actions}>
      {mayReply && live && !mine && (
        <Button
          type="primary"
          icon={<UserAddOutlined aria-hidden />}
          loading={work.busy}
          onClick={() => void work.take()}
        >
          {t(head.assignee_id ? 'work.takeOver' : 'work.take')}
        </Button>
      )}
      {live && (mayAssign || (mayReply && mine)) && (
        <Button
          icon={<SwapOutlined aria-hidden />}
          aria-label={t('transfer.open')}
          onClick={() => setTransferring(true)}
        >
          <span className={styles.optional}>{t('transfer.open')}</span>
        </Button>
      )}
      {mayReply && (head.state === 'open' || head.state === 'snoozed') && (
        <Dropdown
          trigger={['click']}
          open={snoozing}
          onOpenChange={onSnoozing}
          menu={{
            autoFocus: true,
            items: PRESETS.map((preset) => ({
              key: preset,
              label: t(`work.${preset}`),
              onClick: () => void work.snooze(momentOf(preset, new Date())),
            })),
          }}
        >
          <Tooltip title={`${t('work.snooze')}  Alt + M`} open={snoozing ? false : undefined}>
            <Button icon={<ClockCircleOutlined aria-hidden />} aria-label={t('work.snooze')} />
          </Tooltip>
        </Dropdown>
      )}
      {mayReply && (
        <Tooltip title={t('promise.action')}>
          <Button
            icon={<ScheduleOutlined aria-hidden />}
            aria-label={t('promise.action')}
            onClick={() => dialogs.promise(item)}
          />
        </Tooltip>
      )}
      {!live && (
        <Button icon={<FileDoneOutlined aria-hidden />} onClick={() => dialogs.record(item)}>
          {t('wrapup.record')}
        </Button>
      )}
      {mayReply && live && (
        <Tooltip title="Alt + E">
          <Button icon={<CheckOutlined aria-hidden />} loading={work.busy} onClick={() => dialogs.resolve(item)}>
            {t('work.resolve')}
          </Button>
        </Tooltip>
      )}
      {mayReply && !live && (
        <Button type="primary" loading={work.busy} onClick={() => void work.reopen()}>
          {t('work.reopen')}
        </Button>
      )}
      <More item={item} marks={marks} dialogs={dialogs} />
      <Tooltip title={t('work.panel')}>
        <Button
          type={panel.open ? 'default' : 'text'}
          icon={<ProfileOutlined aria-hidden />}
          aria-label={t('work.panel')}
          aria-pressed={panel.open}
          onClick={panel.toggle}
        />
      </Tooltip>
      {transferring && (
        <Suspense>
          <Transfer head={head} work={work} onClose={() => setTransferring(false)} />
        </Suspense>
      )}
    </div>
  );
}
