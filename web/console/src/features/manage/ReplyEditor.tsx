import { Input, Select } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { api, type CannedReply, type ReplyDraft } from '@/shared/api';
import { CANNED, useCannedReplies } from '@/shared/canned';
import { Field } from '@/shared/Field';
import { Editor, ReadOnly } from './Editor';
import styles from './manage.module.css';
import { PlaceFields, useMayEdit } from './PlaceFields';
import { LANGUAGES, Preview, TextField } from './TextField';

export type Draft = Required<ReplyDraft>;

export const BLANK_REPLY: Draft = {
  scope: 'personal',
  team_id: null,
  code: '',
  title: '',
  text: '',
  language: 'zh',
  category: '',
};
export const draftOf = ({ scope, team_id, code, title, text, language, category }: CannedReply): Draft => ({
  scope,
  team_id: team_id ?? null,
  code,
  title,
  text,
  language,
  category,
});
/** Letters, figures, - and _: what can be typed after the sign that calls it. */
const CODE = /^[\p{L}\p{N}_-]+$/u;

interface Props {
  id: string | null;
  kept: Draft;
  onChanged: (changed: boolean) => void;
  onSaved: (reply: CannedReply) => void;
  onDropped: () => void;
  onCopy: (draft: Draft) => void;
}

export function ReplyEditor({ id, kept, onChanged, onSaved, onDropped, onCopy }: Props) {
  const { t } = useTranslation();
  const [draft, setDraft] = useState(kept);
  const mayEdit = useMayEdit();
  const categories = new Set(useCannedReplies().data?.map(({ category }) => category));
  const change = (changes: Partial<Draft>) => {
    setDraft({ ...draft, ...changes });
    onChanged(true);
  };
  if (id && !mayEdit(kept)) {
    return (
      <ReadOnly name={kept.title} onCopy={() => onCopy(kept)}>
        <p className={styles.said}>{kept.text}</p>
        {kept.text.includes('{{') && <Preview text={kept.text} language={kept.language} />}
      </ReadOnly>
    );
  }
  const badCode = draft.code !== '' && !CODE.test(draft.code);
  return (
    <Editor
      id={id}
      name={draft.title}
      heading={id ? kept.title : t('manage.newReply')}
      queryKey={CANNED}
      whole={draft.title.trim() !== '' && draft.text.trim() !== '' && CODE.test(draft.code)}
      save={() => api.saveReply(id, draft)}
      drop={api.dropReply}
      onSaved={onSaved}
      onDropped={onDropped}
    >
      <PlaceFields placed={draft} onChange={change} />
      <div className={styles.row}>
        <Field label={t('manage.title')}>
          <Input value={draft.title} onChange={(event) => change({ title: event.target.value })} maxLength={60} />
        </Field>
        <Field label={t('manage.code')} hint={t(badCode ? 'manage.codeBad' : 'manage.codeHint')}>
          <Input
            value={draft.code}
            onChange={(event) => change({ code: event.target.value })}
            maxLength={20}
            prefix="/"
            status={badCode ? 'error' : undefined}
          />
        </Field>
      </div>
      <div className={styles.row}>
        <Field label={t('manage.category')}>
          <Input
            value={draft.category}
            onChange={(event) => change({ category: event.target.value })}
            maxLength={20}
            list="reply-categories"
          />
        </Field>
        <datalist id="reply-categories">
          {[...categories].filter(Boolean).map((category) => (
            <option key={category} value={category} />
          ))}
        </datalist>
        <Field label={t('manage.language')}>
          <Select value={draft.language} onChange={(language) => change({ language })} options={LANGUAGES} />
        </Field>
      </div>
      <TextField
        label={t('manage.text')}
        text={draft.text}
        language={draft.language}
        onChange={(text) => change({ text })}
      />
    </Editor>
  );
}
