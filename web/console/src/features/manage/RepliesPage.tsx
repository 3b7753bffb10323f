import { Empty } from 'antd';
import { useTranslation } from 'react-i18next';
import type { CannedReply } from '@/shared/api';
import { matchingReplies, useCannedReplies } from '@/shared/canned';
import { Kept, type Line } from './Kept';
import { BLANK_REPLY, type Draft, draftOf, ReplyEditor } from './ReplyEditor';
import { useOpened } from './useOpened';

const lineOf = ({ id, scope, team_id, title, text, code, used_count }: CannedReply): Line => ({
  id,
  scope,
  team_id,
  title,
  preview: text,
  mark: `/${code}`,
  used_count,
});

/** Canned replies: one's own, the teams', everybody's. */
export default function RepliesPage() {
  const { t } = useTranslation();
  const replies = useCannedReplies();
  const { opened, show, leave, setChanged } = useOpened<Draft>();
  return (
    <Kept
      label={t('manage.replies')}
      search={t('manage.search')}
      query={replies}
      lineOf={lineOf}
      matching={matchingReplies}
      empty={t('manage.emptyReplies')}
      selected={opened?.id ?? null}
      onSelect={(reply) => leave(() => show(reply.id, draftOf(reply)))}
      onAdd={() => leave(() => show(null, BLANK_REPLY))}
    >
      {opened ? (
        <ReplyEditor
          key={opened.turn}
          id={opened.id}
          kept={opened.draft}
          onChanged={setChanged}
          onSaved={(reply) => show(reply.id, draftOf(reply))}
          onDropped={() => show(null, null)}
          onCopy={(draft) => show(null, { ...draft, scope: 'personal', team_id: null })}
        />
      ) : (
        <Empty image={Empty.PRESENTED_IMAGE_SIMPLE} description={t('manage.choose')} />
      )}
    </Kept>
  );
}
