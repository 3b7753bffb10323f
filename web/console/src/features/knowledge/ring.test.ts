import { expect, it } from 'vitest';
import type { Neighbour } from '@/client/types.gen';
import { grouped, placed } from './ring';

const neighbour = (id: string, link: string): Neighbour => ({ id, link, kind: 'ingredient', name: id });

it('puts neighbours of a kind together, in the order of what matters', () => {
  const found = grouped([neighbour('p', 'contained_in'), neighbour('a', 'avoid'), neighbour('b', 'avoid')]);
  expect(found.map(([link, ones]) => [link, ones.map(({ id }) => id)])).toEqual([
    ['avoid', ['a', 'b']],
    ['contained_in', ['p']],
  ]);
});

it('leaves room for every kind where there are many', () => {
  const many = Array.from({ length: 40 }, (_, at) => neighbour(`p${at}`, 'contained_in'));
  const ring = placed([...many, neighbour('a', 'avoid')], 400, 200);
  expect(ring.length).toBeLessThanOrEqual(18);
  expect(ring.some(({ link }) => link === 'avoid')).toBe(true);
  for (const { x, y } of ring) expect((x / 200) ** 2 + (y / 100) ** 2).toBeCloseTo(1);
});

it('is empty around who knows nobody', () => {
  expect(placed([], 400, 200)).toEqual([]);
});
