import { readdirSync, readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { en } from './en';
import { zh } from './zh';

const PROCEDURES = new URL('../../../../data/dialogue/procedures/', import.meta.url);

/** The names under `slots:` of one procedure. */
function slotsOf(file: string): string[] {
  const [, block = ''] = readFileSync(new URL(file, PROCEDURES), 'utf8').match(/^slots:\n((?: .*\n|\n)*)/m) ?? [];
  return [...block.matchAll(/^ {2}(\w+):/gm)].map(([, name]) => name as string);
}

it('names in both languages what the assistant has found out before it hands over', () => {
  const slots = new Set(readdirSync(PROCEDURES).flatMap(slotsOf));
  expect(slots.size).toBeGreaterThan(10);
  for (const name of slots) {
    expect(zh.slot, name).toHaveProperty(name);
    expect(en.slot, name).toHaveProperty(name);
  }
});
