import { useQuery } from '@tanstack/react-query';
import { Skeleton } from 'antd';
import { useTranslation } from 'react-i18next';
import type { HeldFact, IngredientDetail, NodeKind, Source } from '@/client/types.gen';
import { beauty } from '@/shared/beauty';
import { Failed } from '@/shared/Failed';
import styles from './graph.module.css';
import { Ring } from './Ring';
import { grouped } from './ring';
import { Sources } from './Sources';

interface Props {
  id: string;
  onChoose: (id: string) => void;
}

/** Whose own page can be opened. */
const OPENED: NodeKind[] = ['ingredient', 'group', 'unlisted'];
type OpenedKind = 'ingredient' | 'group' | 'unlisted';

export function Ingredient({ id, onChoose }: Props) {
  const { t } = useTranslation();
  const found = useQuery({ queryKey: ['ingredient', id], queryFn: () => beauty.one(id) });
  if (found.isPending) return <Skeleton active paragraph={{ rows: 8 }} />;
  if (found.isError) return <Failed query={found} />;
  const { ingredient, neighbours, sources } = found.data;
  return (
    <article>
      <header className={styles.head}>
        <h2>{ingredient.name}</h2>
        <span className={styles.kind}>{t(`graph.kind_${ingredient.kind as OpenedKind}`)}</span>
        <span>{ingredient.inci}</span>
      </header>
      {ingredient.what && <p>{ingredient.what}</p>}
      {ingredient.aliases.length > 0 && (
        <p>
          <small>{t('graph.also')}</small> {ingredient.aliases.join('、')}
        </p>
      )}
      <Facts detail={found.data} />
      {neighbours.length > 0 && <Ring name={ingredient.name} neighbours={neighbours} />}
      <div className={styles.links}>
        {grouped(neighbours).map(([link, ones]) => (
          <section key={link}>
            <h3 data-link={link}>{t(`graph.link_${link}`)}</h3>
            <ul>
              {ones.map((one) => (
                <li key={one.id}>
                  {OPENED.includes(one.kind) ? (
                    <button type="button" onClick={() => onChoose(one.id)}>
                      {one.name}
                    </button>
                  ) : (
                    one.name
                  )}
                  {one.reason && <small>{one.reason}</small>}
                </li>
              ))}
            </ul>
          </section>
        ))}
      </div>
      <Sources sources={sources} />
    </article>
  );
}

function Facts({ detail: { facts, ingredient, sources } }: { detail: IngredientDetail }) {
  const { t } = useTranslation();
  const named = new Map(sources.map((source) => [source.id, source]));
  return (
    <section className={styles.facts}>
      <h3>{t('graph.facts')}</h3>
      {facts.length === 0 && <p>{t('graph.noFacts')}</p>}
      <dl>
        {facts.map((fact) => (
          <div key={`${fact.aspect} ${fact.text} ${fact.subject}`}>
            <dt>{t(`graph.aspect_${fact.aspect}`)}</dt>
            <dd>
              {fact.subject !== ingredient.name && fact.subject !== ingredient.id && <b>{fact.subject}：</b>}
              {fact.text} <Ground fact={fact} source={named.get(fact.source)} />
            </dd>
          </div>
        ))}
      </dl>
    </section>
  );
}

function Ground({ fact, source }: { fact: HeldFact; source: Source | undefined }) {
  const { t } = useTranslation();
  return (
    <small>
      {t(`graph.evidence_${fact.evidence}`)}
      {source && ` · ${source.title}`}
    </small>
  );
}
