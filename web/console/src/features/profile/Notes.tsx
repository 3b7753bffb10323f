import { DeleteOutlined } from '@ant-design/icons';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { App } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Adder } from '@/shared/Adder';
import { api, type Note } from '@/shared/api';
import { useMay, useMe } from '@/shared/session';
import { dayAndTime } from '@/shared/time';
import { Part, Pending } from './Part';
import styles from './profile.module.css';

/** What colleagues should know about this customer. */
export function Notes({ customerId }: { customerId: string }) {
  const { t } = useTranslation();
  const { message } = App.useApp();
  const me = useMe().staff.id;
  const mayEdit = useMay('customers.edit');
  const queries = useQueryClient();
  const key = ['notes', customerId];
  const notes = useQuery({ queryKey: key, queryFn: () => api.notes(customerId) });
  const [text, setText] = useState('');
  const refused = (problem: Error) => void message.error(problem.message);
  const change = (edit: (notes: Note[]) => Note[]) => queries.setQueryData<Note[]>(key, (known) => edit(known ?? []));
  const add = useMutation({
    mutationFn: () => api.addNote(customerId, text.trim()),
    onSuccess: (note) => {
      change((known) => [note, ...known]);
      setText('');
    },
    onError: refused,
  });
  const remove = useMutation({
    mutationFn: (id: string) => api.deleteNote(customerId, id),
    onSuccess: (_, id) => change((known) => known.filter((note) => note.id !== id)),
    onError: refused,
  });

  return (
    <Part id="notes" title={t('profile.notes')} extra={<small>{notes.data?.length || ''}</small>}>
      {mayEdit && (
        <Adder
          hint={t('profile.notePlaceholder')}
          label={t('profile.addNote')}
          text={text}
          onText={setText}
          longest={1000}
          busy={add.isPending}
          onAdd={() => add.mutate()}
        />
      )}
      <Pending of={notes} />
      {notes.data?.length === 0 && <p className={styles.soft}>{t('profile.noNotes')}</p>}
      <ul className={styles.notes}>
        {notes.data?.map((note) => (
          <li key={note.id}>
            <p>{note.text}</p>
            <span className={styles.spread}>
              <small>
                {note.author_name} · {dayAndTime(note.created_at)}
              </small>
              {mayEdit && note.author_id === me && (
                <button
                  type="button"
                  className={styles.eye}
                  aria-label={t('profile.deleteNote')}
                  onClick={() => remove.mutate(note.id)}
                >
                  <DeleteOutlined aria-hidden />
                </button>
              )}
            </span>
          </li>
        ))}
      </ul>
    </Part>
  );
}
