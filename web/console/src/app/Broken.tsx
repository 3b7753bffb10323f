import { Button, Result } from 'antd';
import { useTranslation } from 'react-i18next';

/** Instead of a page that could not be shown. */
export function Broken() {
  const { t } = useTranslation();
  const reload = (
    <Button type="primary" onClick={() => window.location.reload()}>
      {t('app.reload')}
    </Button>
  );
  return <Result status="error" title={t('app.broken')} subTitle={t('app.brokenHint')} extra={reload} />;
}
