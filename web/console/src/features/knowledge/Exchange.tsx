import { useMutation, useQueryClient } from '@tanstack/react-query';
import { Alert, App, Button, Dropdown, Modal, Upload } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { ARTICLES, articles, exportPath } from '@/shared/articles';
import styles from './articles.module.css';

const KINDS = { markdown: 'Markdown (zip)', csv: 'CSV', xlsx: 'Excel' } as const;

/** All articles as a file, and a file as drafts. */
export function Exchange({ mayImport }: { mayImport: boolean }) {
  const { t } = useTranslation();
  const [importing, setImporting] = useState(false);
  return (
    <>
      {mayImport && <Button onClick={() => setImporting(true)}>{t('article.import')}</Button>}
      <Dropdown
        trigger={['click']}
        menu={{
          items: Object.entries(KINDS).map(([key, label]) => ({
            key,
            label: (
              <a href={exportPath(key as keyof typeof KINDS)} download>
                {label}
              </a>
            ),
          })),
        }}
      >
        <Button>{t('article.export')}</Button>
      </Dropdown>
      {importing && <Import onClose={() => setImporting(false)} />}
    </>
  );
}

function Import({ onClose }: { onClose: () => void }) {
  const { t } = useTranslation();
  const { message } = App.useApp();
  const queries = useQueryClient();
  const [file, setFile] = useState<File | null>(null);
  const check = useMutation({ mutationFn: (chosen: File) => articles.bringIn(chosen, true) });
  const keep = useMutation({
    mutationFn: (chosen: File) => articles.bringIn(chosen, false),
    onSuccess: ({ items }) => {
      const count = items.filter(({ outcome }) => outcome === 'created' || outcome === 'updated').length;
      void message.success(t('article.importDone', { count }));
      void queries.invalidateQueries({ queryKey: [ARTICLES] });
      onClose();
    },
  });
  const items = check.data?.items ?? [];
  const count = items.filter(({ outcome }) => outcome === 'created' || outcome === 'updated').length;
  const problem = check.error ?? keep.error;
  return (
    <Modal
      open
      title={t('article.import')}
      onCancel={onClose}
      okText={check.data && count === 0 ? t('article.importNone') : t('article.importNow', { count })}
      okButtonProps={{ disabled: !file || count === 0, loading: keep.isPending }}
      onOk={() => file && keep.mutate(file)}
    >
      <p>{t('article.importHint')}</p>
      <Upload.Dragger
        accept=".md,.zip,.csv,.xlsx"
        maxCount={1}
        showUploadList={false}
        beforeUpload={(chosen) => {
          setFile(chosen);
          check.mutate(chosen);
          return false;
        }}
      >
        {file ? file.name : t('article.importDrop')}
      </Upload.Dragger>
      {problem && <Alert type="error" showIcon title={problem.message} />}
      <ul className={styles.report}>
        {items.map(({ name, outcome, reason }) => (
          <li key={name}>
            <span data-outcome={outcome}>{t(`article.outcome_${outcome}`)}</span> {name}
            {reason && <small>{reason}</small>}
          </li>
        ))}
      </ul>
    </Modal>
  );
}
