import { useQuery } from '@tanstack/react-query';
import { Alert, Skeleton } from 'antd';
import { useTranslation } from 'react-i18next';
import { articles } from '@/shared/articles';
import styles from './articles.module.css';

/** The text as the server makes it; what an article may not say is refused there with a reason. */
export function Preview({ body }: { body: string }) {
  const { t } = useTranslation();
  const found = useQuery({
    queryKey: ['article-preview', body],
    queryFn: () => articles.preview(body),
    enabled: body.trim() !== '',
    placeholderData: (before) => before,
    retry: false,
  });
  return (
    <section className={styles.preview} aria-label={t('article.preview')}>
      <h3>{t('article.preview')}</h3>
      {found.isLoading && <Skeleton active />}
      {found.isError && <Alert type="error" showIcon title={found.error.message} />}
      {body.trim() && found.data && !found.isError && (
        <>
          {/* biome-ignore lint/security/noDangerouslySetInnerHtml: made by the server from Markdown without HTML */}
          <div className={styles.html} dangerouslySetInnerHTML={{ __html: found.data.html }} />
          {found.data.missing.length > 0 && (
            <Alert type="warning" showIcon title={t('article.missing', { names: found.data.missing.join('、') })} />
          )}
          <h3>{t('article.passages')}</h3>
          {found.data.passages.map((passage) => (
            <p key={passage} className={styles.said}>
              {passage}
            </p>
          ))}
        </>
      )}
    </section>
  );
}
