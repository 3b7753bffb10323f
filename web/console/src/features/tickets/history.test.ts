import { describe, expect, it } from 'vitest';
import { namesIn } from './history';

describe('namesIn', () => {
  it('names each change once, and leaves out what another says already', () => {
    const before = { state: 'new', category: 'open', owner_id: null };
    const after = { state: 'done', category: 'resolved', owner_id: 'a', resolved_at: '2026-11-25T00:00:00Z' };
    expect(namesIn({ before, after })).toEqual(['state', 'owner_id']);
  });
});
