/** The words of the suggestions above the composer. */
import { addPage } from '@/i18n';

const zh = {
  suggested: {
    label: '回复建议',
    reject: '不合适：{{title}}',
    source_article: '文章',
    source_graph: '美妆知识',
    source_draft: '草稿',
    sources: '依据：{{sources}}',
    hide: '收起建议',
    show: '{{count}} 条回复建议',
    correct: '发送修改后的内容时，同时提议更正《{{title}}》',
    corrected: '已提交更正建议',
  },
};

const en: typeof zh = {
  suggested: {
    label: 'Suggested replies',
    reject: 'Does not fit: {{title}}',
    source_article: 'Article',
    source_graph: 'Beauty graph',
    source_draft: 'Draft',
    sources: 'Based on: {{sources}}',
    hide: 'Hide suggestions',
    show: '{{count}} suggested replies',
    correct: 'When I send my edited words, also propose them for “{{title}}”',
    corrected: 'The correction was submitted',
  },
};

declare module '@/i18n' {
  interface PageTexts extends Readonly<typeof zh> {}
}

addPage({ zh, en });
