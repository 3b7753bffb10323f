import { useQuery } from '@tanstack/react-query';
import { useId } from 'react';
import { useTranslation } from 'react-i18next';
import { api } from '@/shared/api';
import { type Chain, type ChainStep, END } from '@/shared/escalations';
import { type Arc, arcsOf, drawn, waysOf } from './chain';
import styles from './chain.module.css';
import { useChainWords } from './useChainWords';

/** Measures of the picture in pixels; the style sheet holds to them. */
const HEAD = 58;
const WAY = 22;
const GAP = 18;
const LANE = 16;
const ROUND = 6;

const heightOf = (step: ChainStep) => HEAD + waysOf(step).length * WAY;

/** The graph from above to below: every step with its ways on, each a line to where it leads. */
export function ChainPicture({ chain, faulty }: { chain: Chain; faulty: string | null }) {
  const { t } = useTranslation();
  const title = useId();
  const words = useChainWords();
  const steps = drawn(chain);
  const names = new Map([...steps.map(({ id, title }) => [id, title || id] as const), [END, t('chain.end')]]);
  const arcs = arcsOf(steps);
  const gutter = (Math.max(0, ...arcs.map(({ lane }) => lane)) + 2) * LANE;
  const tops = [0];
  for (const step of steps) tops.push((tops.at(-1) ?? 0) + heightOf(step) + GAP);
  return (
    <section className={styles.picture} aria-labelledby={title}>
      <h3 id={title}>{t('chain.picture')}</h3>
      <div className={styles.graph} style={{ paddingInlineStart: gutter }}>
        <Lines arcs={arcs} tops={tops} gutter={gutter} />
        <ol>
          {steps.map((step) => (
            <li
              key={step.id}
              className={styles.box}
              data-faulty={step.id === faulty}
              style={{ height: heightOf(step) }}
            >
              <b>{step.title || step.id}</b>
              <small>
                <Who step={step} /> · {words.minutes(step)}
              </small>
              {waysOf(step).map((edge, at) => (
                // biome-ignore lint/suspicious/noArrayIndexKey: ways have nothing else that tells them apart
                <span key={at} title={'rest' in edge ? undefined : words.whole(edge)}>
                  → {names.get(edge.to) ?? '?'}{' '}
                  <small>
                    {'rest' in edge
                      ? t(waysOf(step).length > 1 ? 'chain.rest' : 'chain.always')
                      : words.condition(edge)}
                  </small>
                </span>
              ))}
            </li>
          ))}
          <li className={styles.box} data-end style={{ height: HEAD }}>
            <b>{t('chain.end')}</b>
            <small>{t('chain.endHint')}</small>
          </li>
        </ol>
      </div>
    </section>
  );
}

function Who({ step }: { step: ChainStep }) {
  const { t } = useTranslation();
  const departments = useQuery({ queryKey: ['departments'], queryFn: api.departments }).data ?? [];
  if (step.kind === 'department')
    return departments.find(({ code }) => code === step.department)?.name ?? t('chain.noDepartment');
  const team = departments.flatMap(({ teams }) => teams).find(({ id }) => id === step.team_id)?.name;
  return t(step.kind === 'person' ? 'chain.personOf' : 'chain.teamOf', { team: team ?? t('chain.ownTeam') });
}

/** From the line of a way, by its lane, to the head of the step that it leads to. */
function Lines({ arcs, tops, gutter }: { arcs: Arc[]; tops: number[]; gutter: number }) {
  const arrow = useId();
  const height = (tops.at(-1) ?? 0) + HEAD;
  return (
    <svg width={gutter} height={height} aria-hidden>
      <defs>
        <marker id={arrow} viewBox="0 0 6 6" refX="6" refY="3" markerWidth="7" markerHeight="7" orient="auto">
          <path d="M0 0 6 3 0 6z" fill="currentColor" />
        </marker>
      </defs>
      {arcs.map(({ from, way, to, lane }) => {
        const x = gutter - (lane + 1) * LANE;
        const start = (tops[from] ?? 0) + HEAD + (way + 0.5) * WAY - 4;
        const end = (tops[to] ?? 0) + 20;
        const turn = end > start ? ROUND : -ROUND;
        return (
          <path
            key={`${from} ${way}`}
            d={`M${gutter} ${start} H${x + ROUND} Q${x} ${start} ${x} ${start + turn} V${end - turn} Q${x} ${end} ${x + ROUND} ${end} H${gutter}`}
            fill="none"
            stroke="currentColor"
            strokeWidth="1.5"
            markerEnd={`url(#${arrow})`}
          />
        );
      })}
    </svg>
  );
}
