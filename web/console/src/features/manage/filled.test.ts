import { expect, it } from 'vitest';
import type { VariableInfo } from '@/shared/api';
import { filled } from './filled';

const variables: VariableInfo[] = [
  { name: 'order.no', zh: { label: '订单号', example: 'LM1' }, en: { label: 'order number', example: 'LM2' } },
];
const read = (text: string, language: 'zh' | 'en' = 'zh') =>
  filled(text, variables, language).map((piece) => (piece.variable ? `<${piece.text}>` : piece.text));

it.each([
  ['没有变量', ['没有变量']],
  ['订单{{order.no}}，{{ order.no }}', ['订单', '<LM1>', '，', '<LM1>']],
  ['{{order.number}}和{{', ['{{order.number}}', '和{{']],
  ['', []],
])('reads %s', (text, pieces) => {
  expect(read(text)).toEqual(pieces);
});

it('shows examples in the language of the text', () => {
  expect(read('{{order.no}}', 'en')).toEqual(['<LM2>']);
});
