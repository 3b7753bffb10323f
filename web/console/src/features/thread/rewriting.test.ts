import { describe, expect, it } from 'vitest';
import type { Message } from '@/shared/api';
import { permitted } from './rewriting';

const SENT = Date.UTC(2026, 10, 25, 8);
const message = (changes: Partial<Message> = {}): Message => ({
  id: 'm1',
  conversation_id: 'c',
  seq: 1,
  kind: 'text',
  author: { kind: 'staff', id: 'me' },
  content: { type: 'text', text: '您好' },
  created_at: new Date(SENT).toISOString(),
  ...changes,
});

describe('what one may do with a message', () => {
  it.each([
    ['an own reply, just sent', message(), 0, true, true],
    ['after two minutes', message(), 2.5, true, false],
    ['after five minutes', message(), 5.5, false, false],
    ['an own note, any time', message({ kind: 'note' }), 9999, true, true],
    ["a colleague's", message({ author: { kind: 'staff', id: 'other' } }), 0, false, false],
    ['what was taken back', message({ recalled: true }), 0, false, false],
    [
      'what the system noted',
      message({ kind: 'system', content: { type: 'system', code: 'x', text: '' } }),
      0,
      false,
      false,
    ],
  ])('%s', (_, one, minutes, edit, recall) => {
    const who = { me: 'me', mayReply: true };
    expect(permitted(one, who, SENT + minutes * 60_000)).toEqual({ edit, recall });
  });

  it('nothing without the permission to reply', () => {
    expect(permitted(message(), { me: 'me', mayReply: false }, SENT)).toEqual({ edit: false, recall: false });
  });
});
