import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import type { AuditLine } from '@/shared/audit';
import { wholeMoment } from '@/shared/time';
import type { Wanted } from './AuditFilters';
import { type Change, changesOf } from './changes';
import styles from './people.module.css';
import { actionName, kindName, objectName, pathOf, reasonOf } from './trail';
import { usePlaces } from './usePlaces';
import { type Told, telling } from './values';

const VIA = ['api_key', 'command', 'setup'] as const;

interface Props {
  line: AuditLine;
  /** Look for entries that are alike in this. */
  onWant: (part: Wanted) => void;
}

/** One entry. Whoever did it and what it was about can be pressed, to see only theirs. */
export function AuditRow({ line, onWant }: Props) {
  const { t } = useTranslation();
  const { actor_id, actor_name, object } = line;
  const name = objectName(line, t);
  const path = pathOf(object);
  const changes = changesOf(line, telling(usePlaces(), line.names ?? {}, t), t);
  const via = VIA.find((one) => one === line.via);
  return (
    <tr>
      <td>
        <time dateTime={line.at}>{wholeMoment(line.at)}</time>
      </td>
      <td>
        <button
          type="button"
          title={t('audit.onlyThem', { name: actor_name })}
          onClick={() => onWant({ actor_id, actor_name })}
        >
          {actor_name}
        </button>
        {via && <small>{t(`audit.via_${via}`)}</small>}
      </td>
      <td>{actionName(line.action, t)}</td>
      <td>
        <button
          type="button"
          title={t('audit.onlyThis', { object: object.id })}
          onClick={() => onWant({ object_kind: object.kind, object_id: object.id })}
        >
          {name}
        </button>
        <small>{path ? <Link to={path}>{kindName(object.kind, t)}</Link> : kindName(object.kind, t)}</small>
      </td>
      <td>{reasonOf(line.reason, t)}</td>
      <td>
        {changes.length > 0 && (
          <details>
            <summary>{[...new Set(changes.map(({ path }) => path[0]))].join(t('people.comma'))}</summary>
            <dl>
              {changes.map((change) => (
                <div key={change.path.join('/') + String(change.partly)}>
                  <dt>{change.path.filter(Boolean).join(' · ')}</dt>
                  <dd>{change.partly ? <Parts change={change} /> : <Both change={change} />}</dd>
                </div>
              ))}
            </dl>
          </details>
        )}
      </td>
    </tr>
  );
}

/** The value before and after; what was new has none before. */
function Both({ change: { before, after } }: { change: Change }) {
  const { t } = useTranslation();
  return (
    <>
      {before !== null && (
        <del>
          <Words told={before} />
        </del>
      )}
      {' → '}
      <ins>
        <Words told={after ?? t('audit.nothing')} />
      </ins>
    </>
  );
}

/** Of a list: what was added to it, and what was taken away. */
function Parts({ change: { before, after } }: { change: Change }) {
  const { t } = useTranslation();
  return (
    <>
      {after !== null && (
        <ins className={styles.part}>
          {t('audit.added')}
          <Words told={after} />
        </ins>
      )}
      {before !== null && (
        <del className={styles.part}>
          {t('audit.removed')}
          <Words told={before} />
        </del>
      )}
    </>
  );
}

function Words({ told }: { told: Told }) {
  const { t } = useTranslation();
  if (typeof told === 'string') return told;
  return (
    <ul>
      {told.map(({ name, told: words }, at) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: the lines never change
        <li key={at}>
          {name && (words.length > 0 ? t('audit.called', { name }) : name)}
          <Words told={words} />
        </li>
      ))}
    </ul>
  );
}
