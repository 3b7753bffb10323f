import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import type { AuditLine } from '@/shared/audit';
import { wholeMoment } from '@/shared/time';
import type { Wanted } from './AuditFilters';
import { actionName, changesOf, fieldName, kindName, objectName, pathOf, reasonOf, wordsOf } from './trail';
import { usePlaces } from './usePlaces';

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
  const name = objectName(line);
  const path = pathOf(object);
  const changes = changesOf(line, wordsOf(usePlaces(), t));
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
            <summary>{changes.map(({ field }) => fieldName(field, t)).join(t('people.comma'))}</summary>
            <dl>
              {changes.map(({ field, before, after }) => (
                <div key={field}>
                  <dt>{fieldName(field, t)}</dt>
                  <dd>
                    {before !== null && <del>{before}</del>} → <ins>{after ?? t('audit.nothing')}</ins>
                  </dd>
                </div>
              ))}
            </dl>
          </details>
        )}
      </td>
    </tr>
  );
}
