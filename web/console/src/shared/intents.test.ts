import { expect, it } from 'vitest';
import { INTENTS, intentName } from './intents';

it('names every intent in both languages', () => {
  expect(INTENTS.length).toBeGreaterThan(50);
  for (const { code } of INTENTS) {
    expect(intentName(code, 'zh')).not.toBe(code);
    expect(intentName(code, 'en'), code).not.toBe(code);
  }
});
