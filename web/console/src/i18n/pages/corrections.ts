/** The words of what is said about answers from articles. */
import { addPage } from '@/i18n';

const zh = {
  corrections: {
    cited: '出自《{{title}}》第 {{version}} 版',
    useful: '客户评价：有用',
    useless: '客户评价：没用',
    title: '更正知识',
    about: '将作为更正建议提交给《{{title}}》，由知识库编辑审核后生效；客户已看到的回答不会改变。',
    field: '正确的说法',
    hint: '请写出应当怎样回答，不要填写客户的个人信息',
    submit: '提交',
    done: '已提交，可在“知识 → 待改进”中查看',
  },
};

const en: typeof zh = {
  corrections: {
    cited: 'From “{{title}}”, version {{version}}',
    useful: 'The customer found it helpful',
    useless: 'The customer found it not helpful',
    title: 'Correct the article',
    about:
      'It is proposed for “{{title}}” and holds once an editor has approved it. What the customer has read stays as it is.',
    field: 'What should be said',
    hint: 'Write how to answer instead, without personal data of the customer',
    submit: 'Submit',
    done: 'Submitted: it is in Knowledge → To improve',
  },
};

declare module '@/i18n' {
  interface PageTexts extends Readonly<typeof zh> {}
}

addPage({ zh, en });
