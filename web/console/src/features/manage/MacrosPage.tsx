import { Empty } from 'antd';
import { useTranslation } from 'react-i18next';
import type { Macro } from '@/shared/api';
import { actionText, useMacros } from '@/shared/macros';
import { Kept } from './Kept';
import { BLANK_MACRO, type Draft, draftOf, MacroEditor, useNames } from './MacroEditor';
import { useOpened } from './useOpened';

const matching = (macros: Macro[], words: string) =>
  macros.filter(({ name }) => name.toLowerCase().includes(words.trim().toLowerCase()));

/** Macros: one's own, the teams', everybody's. */
export default function MacrosPage() {
  const { t } = useTranslation();
  const macros = useMacros();
  const names = useNames();
  const { opened, show, leave, setChanged } = useOpened<Draft>();
  return (
    <Kept
      label={t('manage.macros')}
      search={t('manage.searchMacros')}
      query={macros}
      lineOf={({ id, scope, team_id, name, actions, used_count }) => ({
        id,
        scope,
        team_id,
        title: name,
        preview: actions.map((action) => actionText(action, names, t)).join(' → '),
        used_count,
      })}
      matching={matching}
      empty={t('manage.emptyMacros')}
      selected={opened?.id ?? null}
      onSelect={(macro) => leave(() => show(macro.id, draftOf(macro)))}
      onAdd={() => leave(() => show(null, BLANK_MACRO))}
    >
      {opened ? (
        <MacroEditor
          key={opened.turn}
          id={opened.id}
          kept={opened.draft}
          onChanged={setChanged}
          onSaved={(macro) => show(macro.id, draftOf(macro))}
          onDropped={() => show(null, null)}
          onCopy={(draft) => show(null, { ...draft, scope: 'personal', team_id: null })}
        />
      ) : (
        <Empty image={Empty.PRESENTED_IMAGE_SIMPLE} description={t('manage.choose')} />
      )}
    </Kept>
  );
}
