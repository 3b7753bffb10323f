import { useMutation, useQueryClient } from '@tanstack/react-query';
import { App } from 'antd';
import { type KeyboardEvent, useEffect, useMemo, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import { api } from '@/shared/api';
import { gapsIn, useCannedReplies, VARIABLES } from '@/shared/canned';
import { type Suggestion, Suggestions, useChoice } from '@/shared/Suggestions';
import type { Called } from '@/shared/trigger';
import { cannedCall, cannedSuggestions } from './cannedCall';

const LIST = 'canned-replies';

interface Options {
  conversationId: string;
  text: string;
  caret: number;
  disabled: boolean;
  /** Puts `words` in the place of the call and selects a stretch of them: the first gap, else the end. */
  onInsert: (called: Called, words: string, select: [number, number]) => void;
}

/** Canned replies, called up with / while one writes: what the field shows, and the keys that it gives away. */
export function useCannedPicker(options: Options) {
  const { conversationId, text, caret, disabled } = options;
  const { t } = useTranslation();
  const { message } = App.useApp();
  const replies = useCannedReplies();
  const called = disabled ? null : cannedCall(text, caret);
  const words = called?.words;
  const list = useMemo(
    () => (words === undefined || !replies.data ? null : cannedSuggestions(replies.data, words)),
    [replies.data, words],
  );
  const latest = useRef(options);
  latest.current = options;

  const render = useMutation({
    mutationFn: ({ id }: { id: string; at: Called; written: string }) => api.renderReply(id, conversationId),
    onSuccess: ({ text: filled, missing }, { at, written }) => {
      if (latest.current.text.slice(at.from, at.to) !== written) return; // it has been taken back meanwhile
      const gap = missing[0] && `【${missing[0].label}】`;
      const from = gap ? filled.indexOf(gap) : filled.length;
      latest.current.onInsert(at, filled, [from, gap ? from + gap.length : filled.length]);
      const labels = missing.map(({ label }) => label).join(t('canned.comma'));
      if (labels) void message.warning(t('canned.missing', { labels }), 6);
    },
    onError: (problem) => void message.error(problem.message),
  });
  const insert = ({ id }: Suggestion) => {
    if (called && !render.isPending) render.mutate({ id, at: called, written: text.slice(called.from, called.to) });
  };
  const choice = useChoice(list, insert);
  const { setAt } = choice;
  // biome-ignore lint/correctness/useExhaustiveDependencies: the best match is the first, whenever the words change
  useEffect(() => setAt(0), [words, setAt]);

  const pressed = (event: KeyboardEvent): boolean => {
    const waits = called !== null && (replies.isPending || render.isPending);
    const takes = event.key === 'Enter' || event.key === 'Tab';
    if (!waits || !takes || event.nativeEvent.isComposing) return choice.pressed(event);
    event.preventDefault(); // the call itself must not be sent to the customer, nor the field be left
    return true;
  };
  return {
    pressed,
    field: choice.open && { 'aria-controls': LIST, 'aria-activedescendant': `${LIST}-${choice.at}` },
    picker: choice.open && list && (
      <Suggestions
        id={LIST}
        label={t('canned.pick')}
        list={list}
        at={choice.at}
        onAt={choice.setAt}
        onChoose={insert}
      />
    ),
  };
}

/** Asks before a text is sent that still has a gap; sends any other at once. */
export function useGapCheck(text: string): (send: () => void) => void {
  const { t } = useTranslation();
  const { modal } = App.useApp();
  const queries = useQueryClient();
  const asking = useRef(false);
  const check = async (send: () => void) => {
    // where the server does not answer, nothing will be sent either
    const known = await queries.ensureQueryData(VARIABLES).catch(() => []);
    const gaps = gapsIn(text, known);
    if (gaps.length === 0) {
      send();
      return;
    }
    const labels = [...new Set(gaps.map(({ label }) => label))].join(t('canned.comma'));
    modal.confirm({
      title: t('canned.sendGaps', { labels }),
      content: t('canned.sendGapsHint'),
      okText: t('canned.sendAnyway'),
      cancelText: t('canned.goBack'),
      autoFocusButton: 'cancel',
      onOk: send,
    });
  };
  return (send) => {
    if (!text.includes('【')) send();
    else if (!asking.current) {
      asking.current = true;
      void check(send).finally(() => {
        asking.current = false;
      });
    }
  };
}
