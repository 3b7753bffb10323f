import { beforeAll, describe, expect, it } from 'vitest';
import { i18next, speak } from '@/i18n';
import { toldWords, whyWords } from './told';

const t = i18next.getFixedT('zh');
const en = i18next.getFixedT('en');

beforeAll(async () => {
  await speak('en');
  await speak('zh');
});

describe('why somebody was asked', () => {
  it.each([
    [
      'in the words of who asked',
      { trigger: 'requested', reason: '客户要求赔付' } as const,
      '客户要求赔付',
      '客户要求赔付',
    ],
    [
      'a clock',
      { trigger: 'deadline_breached', details: { clock: 'first_response' } } as const,
      '首次响应已超时',
      'First response is late',
    ],
    [
      'numbers',
      { trigger: 'repeat', details: { days: 7, contacts: 3 } } as const,
      '7 天内第 3 次联系',
      'Contact 3 within 7 days',
    ],
    [
      'kept before there were details',
      { trigger: 'emotion', reason: '情绪都很差' } as const,
      '情绪都很差',
      '情绪都很差',
    ],
  ])('%s', (_, cause, zh, english) => {
    expect(whyWords(cause, t)).toBe(zh);
    expect(whyWords(cause, en)).toBe(english);
  });
});

describe('what stands in the record', () => {
  it('names the step that no chain names in the language of the reader, and names nobody twice', () => {
    const details = { step: 'supervisors', to: '主管', asked: '主管', trigger: 'level' };
    expect(toldWords('escalated', '', details, t)).toBe('升级到主管。级别达到升级标准');
    expect(toldWords('escalated', '', details, en)).toBe('Escalated to Supervisors. Its level calls for it');
    expect(toldWords('escalated', '', { ...details, step: 'team', to: '专员', asked: '语桐' }, t)).toBe(
      '升级到专员：语桐。级别达到升级标准',
    );
  });

  it('keeps the text where there is nothing to word it from', () => {
    expect(toldWords('escalated', '升级到专员', {}, en)).toBe('升级到专员');
    expect(toldWords('by_another_version', '改了什么', { a: 1 }, en)).toBe('改了什么');
  });

  it.each([
    ['transferred', { by: '小雅', to: '售后组' }, '小雅转接到：售后组', '小雅 passed it on to 售后组'],
    [
      'ticket_opened',
      { by: 'assistant', number: 'YD-1', title: '破损' },
      '智能助手创建了工单 YD-1：破损',
      'The assistant opened ticket YD-1: 破损',
    ],
    [
      'level_changed',
      { by: 'system', from: 1, to: 2, why: '急' },
      '系统调整服务级别：普通咨询 → 紧急咨询。原因：急',
      'The system changed the service level: Ordinary question → Urgent question. Reason: 急',
    ],
    ['spam', { by: 'customer' }, '客户标记为垃圾会话。', 'The customer marked it as spam.'],
    [
      'answer_missed',
      { by: '小雅', seconds: 60 },
      '小雅在 60 秒内没有回复，会话已回到队首。',
      '小雅 did not answer within 60 seconds; the conversation is first in the queue again.',
    ],
  ])('words %s', (code, details, zh, english) => {
    expect(toldWords(code, '', details, t)).toBe(zh);
    expect(toldWords(code, '', details, en)).toBe(english);
  });

  it('says when something was due', () => {
    const details = { level: 4, clock: 'resolution', due_at: '2026-11-25T02:00:00Z', why: 'queue' };
    expect(toldWords('deadline_near', '', details, t)).toMatch(/^即将超时：重大投诉 · .+前面排队较多/);
    expect(toldWords('deadline_near', '', details, en)).not.toMatch(/[\u4e00-\u9fff]/);
  });
});
