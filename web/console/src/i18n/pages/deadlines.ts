/** The words of the dialog about a conversation's level and deadlines. */
import { addPage } from '@/i18n';

const zh = {
  deadlines: {
    title: '服务级别与时限',
    clocks: '计时',
    noClocks: '目前没有计时。',
    dueBy: '{{time}} 到期',
    rests: '暂停中，剩余 {{time}}',
    usedUp: '暂停中，时限已用完',
    over: '已结束',
    breached: '已超时',
    history: '记录',
    noHistory: '还没有预警、超时或完成的记录。',
    near: '{{clock}}即将超时',
    late: '{{clock}}超时',
    met: '{{clock}}完成',
    reason_share: '时限已用去大半',
    reason_queue: '前面排队较多',
    reason_handling: '剩余时间少于同类问题通常所需',
    reason_level: '级别或团队已调整',
    level: '服务级别',
    why: '调整原因',
    whyHint: '写入会话记录和审计日志',
    change: '调整级别',
  },
};

const en: typeof zh = {
  deadlines: {
    title: 'Level and deadlines',
    clocks: 'Clocks',
    noClocks: 'No clock runs.',
    dueBy: 'due {{time}}',
    rests: 'rests, {{time}} left',
    usedUp: 'rests, nothing left',
    over: 'over',
    breached: 'late',
    history: 'History',
    noHistory: 'Nothing was warned of, late or met yet.',
    near: '{{clock}} nearly late',
    late: '{{clock}} late',
    met: '{{clock}} met',
    reason_share: 'most of the time was used',
    reason_queue: 'many are ahead',
    reason_handling: 'less left than such matters take',
    reason_level: 'level or team changed',
    level: 'Level',
    why: 'Why',
    whyHint: 'Kept here and in the audit trail',
    change: 'Change level',
  },
};

declare module '@/i18n' {
  interface PageTexts extends Readonly<typeof zh> {}
}

addPage({ zh, en });
