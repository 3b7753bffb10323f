import { PlusOutlined } from '@ant-design/icons';
import { useQuery } from '@tanstack/react-query';
import { Button, Input } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { api, type Macro, type MacroDraft } from '@/shared/api';
import { Field } from '@/shared/Field';
import { actionText, MACROS } from '@/shared/macros';
import { Editor, ReadOnly } from './Editor';
import styles from './manage.module.css';
import { PlaceFields, useMayEdit } from './PlaceFields';
import { StepFields } from './StepFields';
import { blank, isWhole, MOST_STEPS, moved } from './steps';

export type Draft = Required<MacroDraft>;

export const BLANK_MACRO: Draft = { scope: 'personal', team_id: null, name: '', actions: [blank('reply')] };
export const draftOf = ({ scope, team_id, name, actions }: Macro): Draft => ({
  scope,
  team_id: team_id ?? null,
  name,
  actions,
});

/** Colleagues by id. */
export function useNames(): Map<string, string> {
  const colleagues = useQuery({ queryKey: ['colleagues'], queryFn: api.colleagues });
  return new Map(colleagues.data?.items.map(({ id, display_name }) => [id, display_name]));
}

interface Props {
  id: string | null;
  kept: Draft;
  onChanged: (changed: boolean) => void;
  onSaved: (macro: Macro) => void;
  onDropped: () => void;
  onCopy: (draft: Draft) => void;
}

export function MacroEditor({ id, kept, onChanged, onSaved, onDropped, onCopy }: Props) {
  const { t } = useTranslation();
  const names = useNames();
  const mayEdit = useMayEdit();
  const [draft, setDraft] = useState(kept);
  // fields keep what is written in them while their step moves
  const [keys, setKeys] = useState(() => kept.actions.map(() => crypto.randomUUID()));
  const { actions } = draft;
  const change = (changes: Partial<Draft>) => {
    setDraft({ ...draft, ...changes });
    onChanged(true);
  };
  if (id && !mayEdit(kept)) {
    return (
      <ReadOnly name={kept.name} onCopy={() => onCopy(kept)}>
        <ol className={styles.said}>
          {kept.actions.map((action, index) => (
            <li key={keys[index]}>{actionText(action, names, t)}</li>
          ))}
        </ol>
      </ReadOnly>
    );
  }
  return (
    <Editor
      id={id}
      name={draft.name}
      heading={id ? kept.name : t('manage.newMacro')}
      queryKey={MACROS}
      whole={draft.name.trim() !== '' && actions.length > 0 && actions.every(isWhole)}
      save={() => api.saveMacro(id, draft)}
      drop={api.dropMacro}
      onSaved={onSaved}
      onDropped={onDropped}
    >
      <PlaceFields placed={draft} onChange={change} />
      <Field label={t('manage.name')}>
        <Input value={draft.name} onChange={(event) => change({ name: event.target.value })} maxLength={40} />
      </Field>
      <h3>{t('manage.steps')}</h3>
      <ol className={styles.steps}>
        {actions.map((action, index) => (
          <StepFields
            key={keys[index]}
            number={index + 1}
            last={index === actions.length - 1}
            action={action}
            names={names}
            onChange={(next) => change({ actions: actions.map((one, at) => (at === index ? next : one)) })}
            onMove={(by) => {
              setKeys(moved(keys, index, by));
              change({ actions: moved(actions, index, by) });
            }}
            onRemove={() => {
              setKeys(keys.filter((_, at) => at !== index));
              change({ actions: actions.filter((_, at) => at !== index) });
            }}
          />
        ))}
      </ol>
      {actions.length < MOST_STEPS && (
        <Button
          icon={<PlusOutlined aria-hidden />}
          onClick={() => {
            setKeys([...keys, crypto.randomUUID()]);
            change({ actions: [...actions, blank('note')] });
          }}
        >
          {t('manage.addStep')}
        </Button>
      )}
      <small>{t('manage.whole')}</small>
    </Editor>
  );
}
