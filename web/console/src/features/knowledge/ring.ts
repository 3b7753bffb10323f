/** Where the neighbours of an ingredient stand around it. */
import type { Neighbour } from '@/client/types.gen';

/** In this order around the ring, so that what belongs together stands together. */
export const LINKS = ['works', 'apart', 'avoid', 'substitute', 'member_of', 'has_member', 'contained_in'] as const;
export type LinkName = (typeof LINKS)[number];

/** More of them cannot be told apart in a picture; the lists below it have all. */
const MOST = 18;

export interface Placed {
  neighbour: Neighbour;
  link: LinkName;
  /** From the middle, in the picture's units. */
  x: number;
  y: number;
}

export const linkOf = ({ link }: Neighbour): LinkName =>
  (LINKS as readonly string[]).includes(link) ? (link as LinkName) : 'works';

/** Groups in the order of `LINKS`, none of them empty. */
export function grouped(neighbours: Neighbour[]): [LinkName, Neighbour[]][] {
  return LINKS.map((link): [LinkName, Neighbour[]] => [link, neighbours.filter((one) => linkOf(one) === link)]).filter(
    ([, found]) => found.length > 0,
  );
}

/** A few of each kind, the more the more there are, evenly around an ellipse. */
export function placed(neighbours: Neighbour[], width: number, height: number): Placed[] {
  const groups = grouped(neighbours);
  const each = Math.max(1, Math.floor(MOST / Math.max(1, groups.length)));
  const chosen = groups.flatMap(([link, found]) => found.slice(0, each).map((neighbour) => ({ link, neighbour })));
  return chosen.map((one, at) => {
    const angle = (2 * Math.PI * at) / chosen.length - Math.PI / 2;
    return { ...one, x: (Math.cos(angle) * width) / 2, y: (Math.sin(angle) * height) / 2 };
  });
}
