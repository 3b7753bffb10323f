import { useTranslation } from 'react-i18next';
import type { Neighbour } from '@/client/types.gen';
import styles from './graph.module.css';
import { LINKS, placed } from './ring';

const WIDTH = 640;
const HEIGHT = 320;
const LONGEST = 9;

const short = (name: string) => (name.length > LONGEST ? `${name.slice(0, LONGEST)}…` : name);

/** The neighbourhood at one glance; the lists say it in words, so nobody needs the picture. */
export function Ring({ name, neighbours }: { name: string; neighbours: Neighbour[] }) {
  const { t } = useTranslation();
  const ring = placed(neighbours, WIDTH - 180, HEIGHT - 60);
  const links = LINKS.filter((link) => ring.some((one) => one.link === link));
  const left = neighbours.length - ring.length;
  return (
    <figure className={styles.ring}>
      <svg
        viewBox={`${-WIDTH / 2} ${-HEIGHT / 2} ${WIDTH} ${HEIGHT}`}
        role="img"
        aria-label={t('graph.picture', { name })}
      >
        {ring.map(({ neighbour, link, x, y }) => (
          <line key={`${link} ${neighbour.id}`} x1={0} y1={0} x2={x} y2={y} data-link={link} />
        ))}
        {ring.map(({ neighbour, link, x, y }) => (
          <g key={`${link} ${neighbour.id}`} transform={`translate(${x} ${y})`}>
            <circle r={4} data-link={link} />
            <text y={y < 0 ? -9 : 18} textAnchor="middle">
              {short(neighbour.name)}
              <title>{neighbour.name}</title>
            </text>
          </g>
        ))}
        <circle r={34} className={styles.middle} />
        <text y={5} textAnchor="middle" className={styles.own}>
          {name.length > 5 ? `${name.slice(0, 4)}…` : name}
        </text>
      </svg>
      <figcaption>
        {links.map((link) => (
          <span key={link} data-link={link}>
            {t(`graph.link_${link}`)}
          </span>
        ))}
        {left > 0 && <small>{t('graph.more', { count: left })}</small>}
      </figcaption>
    </figure>
  );
}
