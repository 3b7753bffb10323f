import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import type { AuditLine } from '@/shared/audit';
import { wholeMoment } from '@/shared/time';
import type { Wanted } from './AuditFilters';
import { actionName, changesOf, kindName, objectName, pathOf, reasonOf } from './trail';

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
  const changes = changesOf(line);
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
        {(line.via === 'api_key' || line.via === 'command') && <small>{t(`audit.via_${line.via}`)}</small>}
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
            <summary>{changes.map(({ field }) => field).join(', ')}</summary>
            <dl>
              {changes.map(({ field, before, after }) => (
                <div key={field}>
                  <dt>{field}</dt>
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
