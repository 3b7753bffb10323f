import { useTranslation } from 'react-i18next';
import { NavLink } from 'react-router';
import { Sections } from '@/shared/Sections';
import { useMay } from '@/shared/session';

/** What the shop knows, one page each. */
export default function KnowledgePage() {
  const { t } = useTranslation();
  const reads = useMay('knowledge.read');
  const edits = useMay('knowledge.edit');
  return (
    <Sections title={t('knowledge.nav')}>
      {reads && <NavLink to="/knowledge/articles">{t('knowledge.articles')}</NavLink>}
      {reads && <NavLink to="/knowledge/proposals">{t('knowledge.proposals')}</NavLink>}
      {reads && <NavLink to="/knowledge/overview">{t('knowledge.overview')}</NavLink>}
      <NavLink to="/knowledge/graph">{t('knowledge.graph')}</NavLink>
      {edits && <NavLink to="/knowledge/labels">{t('app.labels')}</NavLink>}
    </Sections>
  );
}
