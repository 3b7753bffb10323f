import { expect, it } from 'vitest';
import { sends } from './composer.tsx';

const enter = { key: 'Enter', shiftKey: false, isComposing: false, keyCode: 13 };

it.each([
  ['Enter', enter, true],
  ['Shift and Enter', { ...enter, shiftKey: true }, false],
  ['Enter that chooses a word while composing', { ...enter, isComposing: true }, false],
  ['the same in Safari', { ...enter, keyCode: 229 }, false],
  ['another key', { ...enter, key: 'a' }, false],
])('%s sends: %#', (_, event, expected) => {
  expect(sends(event)).toBe(expected);
});
