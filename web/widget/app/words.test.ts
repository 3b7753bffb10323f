import { describe, expect, it } from 'vitest';
import { noticed, wordsOf } from './words.ts';

describe('what the server tells by itself', () => {
  it.each([
    ['handoff_assigned', { name: '小雅' }, '小雅 is with you now.'],
    ['handoff_assigned', undefined, 'A colleague is with you now.'],
    ['handoff_waiting', { there: 0 }, 'Nobody is at work right now; the first colleague to come answers you.'],
    ['handoff_waiting', { there: 1 }, 'You are being connected to a colleague; somebody answers as soon as they can.'],
    ['ticket_state', undefined, '工单已处理'],
  ])('%s %o in English', (code, details, told) => {
    expect(noticed({ code, text: '工单已处理', details }, wordsOf('en'))).toBe(told);
  });

  it('is said in Chinese as it came', () => {
    expect(noticed({ code: 'resolved', text: '本次服务已结束。' }, wordsOf('zh'))).toBe('本次服务已结束。');
  });
});
