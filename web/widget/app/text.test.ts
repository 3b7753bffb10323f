import { describe, expect, it } from 'vitest';
import { readableOn } from './color.ts';
import { fileSize, isEmojiOnly, linkify, safeUrl } from './text.ts';

describe('links', () => {
  it.each([
    ['没有链接', []],
    ['看 https://a.cn/x?y=1#z 这里', ['https://a.cn/x?y=1#z']],
    ['中文紧跟着https://a.cn/退货', ['https://a.cn/']],
    ['句号不算 https://a.cn/x.', ['https://a.cn/x']],
    ['（https://a.cn/x），逗号也不算', ['https://a.cn/x']],
    ['两个 http://a.cn http://b.cn', ['http://a.cn', 'http://b.cn']],
    ['javascript:alert(1) data:text/html,x', []],
    ['https://', []],
  ])('in %j', (text, hrefs) => {
    const pieces = linkify(text);
    expect(pieces.flatMap(({ href }) => href ?? [])).toEqual(hrefs);
    expect(pieces.map((piece) => piece.text).join('')).toBe(text);
  });

  it.each([
    ['https://a.cn/x.png', true],
    ['/api/v1/files/1', true],
    ['blob:http://localhost/1', true],
    ['javascript:alert(1)', false],
    [' javascript:alert(1)', false],
    ['//evil.example', false],
    ['data:text/html,x', false],
    ['', false],
  ])('%j is used as an address: %s', (url, used) => {
    expect(safeUrl(url)).toBe(used ? url : undefined);
  });
});

it.each([
  ['😊', true],
  ['👍🏽 ❤️', true],
  ['👨‍👩‍👧', true],
  ['🇨🇳', true],
  ['1️⃣', false],
  ['好的👌', false],
  ['12', false],
  ['  ', false],
  ['', false],
])('%j is emoji alone: %s', (text, expected) => {
  expect(isEmojiOnly(text)).toBe(expected);
});

it.each([
  [512, '512 B'],
  [2048, '2 KB'],
  [5 * 1024 * 1024, '5.0 MB'],
])('%d bytes are %s', (bytes, expected) => expect(fileSize(bytes)).toBe(expected));

it.each([
  ['#b0476b', '#ffffff'],
  ['#f6d9e0', '#1c141a'],
])('on %s one reads %s', (color, ink) => expect(readableOn(color)).toBe(ink));
