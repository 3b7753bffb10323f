import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { Alert, App, Button, Input, InputNumber, Select } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Problem } from '@/shared/api';
import { CHAIN, type Chain, type ChainStep, escalations, type PublishedChain } from '@/shared/escalations';
import { Field } from '@/shared/Field';
import { TICKET_KINDS, tickets } from '@/shared/tickets';
import { useLeave } from '@/shared/useLeave';
import { ChainPicture } from './ChainPicture';
import { ChainTriggers } from './ChainTriggers';
import { faultyStep, isWhole, newStep, withoutStep } from './chain';
import styles from './chain.module.css';
import { Lines } from './Lines';
import form from './manage.module.css';
import { StepEditor } from './StepEditor';
import { useChainWords } from './useChainWords';

const LEVELS = [2, 3, 4, 5] as const;
const CHANGED = 'escalation_chain_changed';

/** The graph beside its picture; nothing changes for anybody until it is published. */
export function ChainEditor({ published }: { published: PublishedChain }) {
  const { t } = useTranslation();
  const { message } = App.useApp();
  const queries = useQueryClient();
  const [chain, setChain] = useState(published.chain);
  const changed = chain !== published.chain;
  useLeave(changed);
  const change = (changes: Partial<Chain>) => setChain({ ...chain, ...changes });
  const publish = useMutation<PublishedChain, Problem, string>({
    mutationFn: (reason) => escalations.publish({ chain, base_version: published.version, reason }),
    onSuccess: (now) => {
      void message.success(t('chain.published', { version: now.version }));
      queries.setQueryData(CHAIN, now);
    },
  });
  const problem = publish.error;
  const faulty = problem ? faultyStep(problem.message, chain.steps) : null;
  return (
    <div className={styles.columns}>
      <div className={form.editor}>
        <Publish
          ready={changed && isWhole(chain)}
          busy={publish.isPending}
          onPublish={(reason) => publish.mutate(reason)}
        />
        {problem && (
          <Alert
            type="error"
            title={problem.message}
            role="alert"
            showIcon
            action={
              problem.code === CHANGED && (
                <Button size="small" onClick={() => void queries.invalidateQueries({ queryKey: CHAIN })}>
                  {t('chain.load')}
                </Button>
              )
            }
          />
        )}
        <Whole chain={chain} onChange={change} />
        <Lines<ChainStep>
          title={t('chain.steps')}
          hint={t('chain.stepsHint')}
          items={chain.steps}
          most={20}
          nameOf={({ title }, at) => title || t('chain.stepNo', { number: at + 1 })}
          blank={() => newStep(chain.steps)}
          onChange={(steps) => change({ steps, first: chain.first || (steps[0]?.id ?? '') })}
          onRemove={({ id }) => setChain(withoutStep(chain, id))}
        >
          {(step, set) => (
            <>
              {step.id === faulty && problem && <Alert type="error" title={problem.message} showIcon />}
              <StepEditor step={step} steps={chain.steps} onChange={set} />
            </>
          )}
        </Lines>
        <ChainTriggers triggers={chain.triggers} onChange={(triggers) => change({ triggers })} />
      </div>
      <ChainPicture chain={chain} faulty={faulty} />
    </div>
  );
}

function Publish({ ready, busy, onPublish }: { ready: boolean; busy: boolean; onPublish: (reason: string) => void }) {
  const { t } = useTranslation();
  const [reason, setReason] = useState('');
  return (
    <form
      className={styles.publish}
      onSubmit={(event) => {
        event.preventDefault();
        onPublish(reason.trim());
      }}
    >
      <Input
        value={reason}
        onChange={(event) => setReason(event.target.value)}
        placeholder={t('chain.reasonHint')}
        aria-label={t('chain.reason')}
        maxLength={200}
      />
      <Button type="primary" htmlType="submit" loading={busy} disabled={!ready || reason.trim().length < 2}>
        {t('chain.publish')}
      </Button>
    </form>
  );
}

/** What concerns all steps. */
function Whole({ chain, onChange }: { chain: Chain; onChange: (changes: Partial<Chain>) => void }) {
  const { t } = useTranslation();
  const words = useChainWords();
  const kinds = useQuery({ queryKey: TICKET_KINDS, queryFn: tickets.kinds });
  return (
    <div className={form.row}>
      <Field label={t('chain.first')}>
        <Select
          value={chain.first}
          onChange={(first) => onChange({ first })}
          aria-label={t('chain.first')}
          options={chain.steps.map(({ id, title }) => ({ value: id, label: title || id }))}
        />
      </Field>
      <Field label={t('chain.crisisLevel')} hint={t('chain.crisisHint')}>
        <Select
          value={chain.crisis_level ?? 5}
          onChange={(crisis_level) => onChange({ crisis_level })}
          aria-label={t('chain.crisisLevel')}
          options={LEVELS.map((value) => ({ value: value as number, label: words.level(value) }))}
        />
      </Field>
      <Field label={t('chain.crisisKind')}>
        <Select
          value={chain.crisis_kind ?? 'war_room'}
          onChange={(crisis_kind) => onChange({ crisis_kind })}
          aria-label={t('chain.crisisKind')}
          options={kinds.data?.map(({ code, name }) => ({ value: code, label: name }))}
        />
      </Field>
      <Field label={t('chain.ticketMinutes')} hint={t('chain.ticketHint')}>
        <InputNumber
          value={chain.ticket_receipt_minutes ?? 120}
          onChange={(minutes) => onChange({ ticket_receipt_minutes: minutes ?? 120 })}
          min={1}
          max={10_080}
          precision={0}
          suffix={t('chain.unit')}
          style={{ width: '100%' }}
        />
      </Field>
    </div>
  );
}
