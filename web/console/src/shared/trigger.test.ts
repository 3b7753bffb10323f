import { describe, expect, it } from 'vitest';
import { calledBy, replaced } from './trigger';

/** The caret is where the bar is. */
function called(sign: string, marked: string) {
  const caret = marked.indexOf('|');
  return calledBy(sign, marked.replace('|', ''), caret);
}

describe('calledBy', () => {
  it.each([
    ['@', '@|', ''],
    ['@', '请@小|', '小'],
    ['@', '请 @小雅| 看', '小雅'],
    ['/', '/kd|', 'kd'],
    ['/', '您好 /|', ''],
  ])('%s in %s', (sign, marked, words) => {
    expect(called(sign, marked)?.words).toBe(words);
  });

  it.each([
    ['@', '没有|'],
    ['@', '@小雅 |'],
    ['@', 'a@b|'],
    ['/', '11/25|'],
    ['@', '|@小雅'],
    ['@', `@${'长'.repeat(21)}|`],
  ])('nothing: %s in %s', (sign, marked) => {
    expect(called(sign, marked)).toBeNull();
  });
});

it('puts what was chosen in its place', () => {
  const text = '请 @小 看';
  expect(replaced(text, { from: 2, to: 4, words: '小' }, '@小雅 ')).toEqual({ text: '请 @小雅  看', caret: 6 });
});
