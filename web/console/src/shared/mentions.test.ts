import { describe, expect, it } from 'vitest';
import { mentionedIn, pieces } from './mentions';

const colleagues = [
  { id: '1', name: '小雅' },
  { id: '2', name: '小雅琪' },
  { id: '3', name: 'Anna Lee' },
];

describe('mentionedIn', () => {
  it.each([
    ['没有人', []],
    ['请@小雅看', ['1']],
    ['请@小雅琪看', ['2']],
    ['@Anna Lee 和@小雅', ['1', '3']],
    ['@小雅 @小雅', ['1']],
    ['@小', []],
  ])('%s', (text, ids) => {
    expect(mentionedIn(text, colleagues)).toEqual(ids);
  });
});

it('leaves no piece out', () => {
  const text = '请@小雅 看，@小周也看';
  const found = pieces(text, ['小雅']);
  expect(found.map((piece) => piece.text).join('')).toBe(text);
  expect(found.filter((piece) => piece.named)).toEqual([{ text: '@小雅', named: true }]);
});
