import { Again } from './Again';

/** Why something could not be read; nothing where it could. */
export function Failed({ query }: Parameters<typeof Again>[0]) {
  return query.error ? (
    <p role="alert">
      {query.error.message} <Again query={query} />
    </p>
  ) : null;
}
