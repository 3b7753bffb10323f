/** What pages say of the things that a new release brings to who has made its own. */
import { addPage } from '@/i18n';

const zh = {
  news: {
    title: '新版本带来的内容',
    rules: '新版本带来了 {{count}} 条新的或改过的规则',
    kinds: '新版本带来了 {{count}} 个新的或改过的工单类型',
    hint: '正在使用的内容不会被自动改动。采用后先进入草稿，可以修改、试运行，再发布。',
    hintKinds: '正在使用的类型不会被自动改动。采用后先填入表单，可以修改，保存后才生效。',
    unsafe: '有 {{count}} 条关系到人身安全的规则现在没有生效，请尽快看看。',
    unsafeOne: '关系到人身安全，现在没有生效',
    new: '新增',
    changed: '有改动',
    missing: '已被您删除或停用',
    why: '用途',
    whyNow: '为什么有这项改动',
    edited: '这一项您改过：采用时保留您的改动，再加上新版本的。',
    removed: '这一项您删掉了，采用后会加回来。',
    clash: '“{{fields}}”不能同时保留双方的内容，采用后以新版本为准。',
    would: '采用后会改变',
    added: '增加：{{words}}',
    gone: '去掉：{{words}}',
    more: '等 {{count}} 项',
    nothing: '（空）',
    yes: '是',
    no: '否',
    take: '采用到草稿',
    takeAll: '全部采用到草稿',
    takeKind: '采用到表单',
    taken: '已放进草稿，发布后生效',
    decline: '不采用',
    declineWhy: '为什么不采用？会记下来，以后可以改主意',
    declinedNow: '已记下，以后可以改主意',
    cancel: '取消',
    comma: '、',
    declined: '已决定不采用的（{{count}}）',
    declinedBy: '{{name}} 于 {{time}} 决定不采用：{{why}}',
  },
};

const en: typeof zh = {
  news: {
    title: 'What this release brings',
    rules: 'This release brings new or changed rules: {{count}}',
    kinds: 'This release brings new or changed kinds: {{count}}',
    hint: 'Nothing that serves is changed by itself. What you take over goes into the draft: change it, try it, then publish.',
    hintKinds:
      'No kind is changed by itself. What you take over goes into the form: change it there; it counts once saved.',
    unsafe: 'Rules that keep people from harm and are not in force now: {{count}}. Please look at them soon.',
    unsafeOne: 'Keeps people from harm and is not in force',
    new: 'New',
    changed: 'Changed',
    missing: 'Deleted or switched off by you',
    why: 'What it is for',
    whyNow: 'Why it comes now',
    edited: 'You have changed this one: your changes stay, and what the release brings is added.',
    removed: 'You have deleted this one: it would come back.',
    clash: 'Yours and the release’s cannot both stay in “{{fields}}”: there the release would win.',
    would: 'What would change',
    added: 'Added: {{words}}',
    gone: 'Taken out: {{words}}',
    more: 'and so on, {{count}} in all',
    nothing: '(empty)',
    yes: 'Yes',
    no: 'No',
    take: 'Take into the draft',
    takeAll: 'Take all into the draft',
    takeKind: 'Take into the form',
    taken: 'In the draft: it counts once published',
    decline: 'Decline',
    declineWhy: 'Why? It is kept; you can change your mind',
    declinedNow: 'Kept in mind; you can change it later',
    cancel: 'Cancel',
    comma: ', ',
    declined: 'Declined ({{count}})',
    declinedBy: 'Declined by {{name}}, {{time}}: {{why}}',
  },
};

declare module '@/i18n' {
  interface PageTexts extends Readonly<typeof zh> {}
}

addPage({ zh, en });
