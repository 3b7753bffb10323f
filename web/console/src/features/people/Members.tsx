import { PlusOutlined, SearchOutlined } from '@ant-design/icons';
import { Button, Empty, Input, Segmented, Select } from 'antd';
import { type ReactNode, useState } from 'react';
import { useTranslation } from 'react-i18next';
import columns from '@/shared/columns.module.css';
import { type Colleague, type Invitation, invitationLink, useDepartments, useRoles } from '@/shared/people';
import { useMay } from '@/shared/session';
import { wholeMoment } from '@/shared/time';
import { useLeave } from '@/shared/useLeave';
import { ColleagueCard } from './ColleagueCard';
import { ColleagueForm } from './ColleagueForm';
import { BLANK, draftOf, placeOptions, type State } from './drafts';
import { MemberList } from './MemberList';
import { OpenedHead } from './OpenedHead';
import styles from './people.module.css';
import { inOrder, roleName } from './permissions';
import { ShownOnce } from './ShownOnce';

interface Props {
  /** Where people are looked for, and by which role. */
  place: string;
  role: string;
  onPlace: (place: string) => void;
  onRole: (role: string) => void;
  switcher: ReactNode;
}

interface Opened {
  /** None: somebody new. */
  colleague: Colleague | null;
  /** Another for each time that somebody was opened. */
  turn: number;
}

/** Everybody who works here; one of them open, or a new one. */
export function Members({ place, role, onPlace, onRole, switcher }: Props) {
  const { t } = useTranslation();
  const manages = useMay('staff.manage');
  const departments = useDepartments();
  const roles = useRoles();
  const [words, setWords] = useState('');
  const [state, setState] = useState<State | 'all'>('all');
  const [opened, setOpened] = useState<Opened | null>(null);
  const [changed, setChanged] = useState(false);
  const [link, setLink] = useState<Invitation | null>(null);
  const leave = useLeave(changed);

  const show = (colleague: Colleague | null) => {
    setChanged(false);
    setOpened((before) => ({ colleague, turn: (before?.turn ?? 0) + 1 }));
  };
  const search = t(manages ? 'people.searchLogin' : 'people.search');
  const states = (['all', 'active', ...(manages ? ['invited' as const] : []), 'left'] as const).map((value) => ({
    value,
    label: t(`people.state_${value}`),
  }));
  const colleague = opened?.colleague;

  return (
    <div className={columns.columns}>
      <section className={columns.list} aria-label={t('people.members')}>
        <div className={columns.bar}>
          {switcher}
          {manages && (
            <Button type="primary" icon={<PlusOutlined aria-hidden />} onClick={() => leave(() => show(null))}>
              {t('people.invite')}
            </Button>
          )}
        </div>
        <Input
          value={words}
          onChange={(event) => setWords(event.target.value)}
          prefix={<SearchOutlined aria-hidden />}
          placeholder={search}
          aria-label={search}
          maxLength={60}
          allowClear
        />
        <div className={styles.pair}>
          <Select
            value={place}
            onChange={onPlace}
            options={[{ value: '', label: t('people.anyPlace') }, ...placeOptions(departments.data ?? [])]}
            showSearch={{ optionFilterProp: 'label' }}
            aria-label={t('people.place')}
          />
          {manages && (
            <Select
              value={role}
              onChange={onRole}
              loading={roles.isPending}
              options={[
                { value: '', label: t('people.anyRole') },
                ...inOrder(roles.data ?? []).map((one) => ({ value: one.code, label: roleName(one, t) })),
              ]}
              showSearch={{ optionFilterProp: 'label' }}
              aria-label={t('people.roles')}
            />
          )}
        </div>
        <Segmented size="small" value={state} onChange={setState} options={states} aria-label={t('people.state')} />
        <MemberList
          wanted={{ state, words, place, role }}
          selected={colleague?.id}
          onSelect={(one) => leave(() => show(one))}
        />
      </section>
      <section className={styles.open}>
        {!opened && (
          <Empty
            image={Empty.PRESENTED_IMAGE_SIMPLE}
            description={t(manages ? 'people.choose' : 'people.chooseToRead')}
          />
        )}
        {opened && !manages && colleague && <ColleagueCard colleague={colleague} />}
        {opened && manages && departments.data && (
          <>
            {colleague ? (
              <OpenedHead
                colleague={colleague}
                onChanged={(now) => setOpened({ ...opened, colleague: now })}
                onInvitation={setLink}
              />
            ) : (
              <h2>{t('people.invite')}</h2>
            )}
            <ColleagueForm
              key={opened.turn}
              id={colleague?.id ?? null}
              kept={colleague ? draftOf(colleague) : BLANK}
              departments={departments.data}
              onChanged={() => setChanged(true)}
              onSaved={(saved, invitation) => {
                show(saved);
                if (invitation) setLink(invitation);
              }}
            />
          </>
        )}
      </section>
      {link && colleague && (
        <ShownOnce
          title={t('people.link', { name: colleague.display_name })}
          secret={invitationLink(link.token)}
          copy={t('people.copy')}
          copied={t('people.copied')}
          done={t('people.done')}
          onDone={() => setLink(null)}
        >
          <p>{t('people.linkOnce')}</p>
          <p>{t('people.linkFor', { login: colleague.login, time: wholeMoment(link.expires_at) })}</p>
        </ShownOnce>
      )}
    </div>
  );
}
