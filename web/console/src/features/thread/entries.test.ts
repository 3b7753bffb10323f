import { expect, it } from 'vitest';
import type { Message } from '@/shared/api';
import { entriesOf } from './entries';

const message = (seq: number, at: string, kind: Message['kind'] = 'text'): Message => ({
  id: `m${seq}`,
  conversation_id: 'c',
  seq,
  kind,
  author: { kind: 'customer', id: 'x' },
  content: { type: 'text', text: '' },
  created_at: new Date(at).toISOString(),
});

const SPAM = { type: 'system', code: 'spam', text: '' } as const;

it('parts days and joins what belongs together', () => {
  const messages = [
    message(1, '2026-11-21T10:00:00'),
    message(2, '2026-11-21T10:01:00'),
    message(3, '2026-11-21T10:09:00'),
    message(4, '2026-11-22T10:00:00'),
    message(5, '2026-11-22T10:00:01', 'note'),
  ];
  const sent = { clientId: 'out', kind: 'reply' as const, text: '', at: '', failure: null };
  const entries = entriesOf(messages, [sent], false);
  expect(entries.map((entry) => entry.key)).toEqual(['start', 'm1', 'm2', 'm3', '2026-11-22', 'm4', 'm5', 'out']);
  expect(entries.filter((entry) => entry.type === 'message' && entry.continues).map((entry) => entry.key)).toEqual([
    'm2',
  ]);
});

it('lets nothing stand under the name of what the system noted', () => {
  const noted = { ...message(1, '2026-11-22T10:00:00', 'note'), content: SPAM };
  const [, , second] = entriesOf([noted, message(2, '2026-11-22T10:00:01', 'note')], [], false);
  expect(second).toMatchObject({ type: 'message', continues: false });
});

it('begins with a message where there are older ones', () => {
  expect(entriesOf([message(9, '2026-11-22T10:00:00')], [], true)[0]?.type).toBe('message');
});
