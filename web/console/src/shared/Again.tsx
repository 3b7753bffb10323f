import { Button } from 'antd';
import { useTranslation } from 'react-i18next';
import { isFinal } from './api';

interface Props {
  query: { error: Error | null; refetch: () => unknown };
}

/** Asks again for what could not be read, where that may help. */
export function Again({ query }: Props) {
  const { t } = useTranslation();
  return isFinal(query.error) ? null : <Button onClick={() => void query.refetch()}>{t('app.retry')}</Button>;
}
