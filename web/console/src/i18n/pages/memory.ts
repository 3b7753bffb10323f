/** The words of what is remembered of a customer, and of their right to have it. */
import { addPage } from '@/i18n';

const zh = {
  memory: {
    told: '客户告诉智能助手并同意保留 · {{time}}',
    until: '保留至 {{day}}',
    expecting: '孕育情况',
    expecting_planning: '备孕',
    expecting_pregnant: '孕期',
    expecting_nursing: '哺乳期',
    texture: '质地偏好',
    texture_light: '喜欢清爽',
    texture_rich: '喜欢滋润',
    privacy: '个人信息权利',
    privacyHint: '客户要求查阅、复制或删除其个人信息时使用，操作会记入审计。',
    export: '导出副本',
    erase: '删除…',
    exportTitle: '导出这位客户的全部个人信息',
    eraseTitle: '永久删除这位客户的个人信息',
    eraseHint:
      '姓名、电话、聊天内容、上传的文件、备注、肤质档案和工单里的文字都会被清除，无法恢复。订单和退款金额等依法须保留的记录不受影响。',
    reason: '原因',
    reasonPlaceholder: '例如：客户 11 月 25 日来函要求删除',
    doExport: '导出',
    doErase: '永久删除',
    erased: '已删除',
  },
};

const en: typeof zh = {
  memory: {
    told: 'Told to the assistant and kept with consent · {{time}}',
    until: 'kept until {{day}}',
    expecting: 'Expecting',
    expecting_planning: 'Planning a pregnancy',
    expecting_pregnant: 'Pregnant',
    expecting_nursing: 'Breastfeeding',
    texture: 'Texture',
    texture_light: 'Likes light textures',
    texture_rich: 'Likes rich textures',
    privacy: 'Personal data rights',
    privacyHint: 'For customers who ask to see, copy or erase their personal data. It goes into the audit trail.',
    export: 'Export a copy',
    erase: 'Erase…',
    exportTitle: 'Export all personal data of this customer',
    eraseTitle: 'Erase the personal data of this customer for good',
    eraseHint:
      'Name, phone, what was said, uploaded files, notes, the skin profile and the words of tickets are removed and cannot be brought back. What must be kept by law, such as orders and amounts refunded, stays.',
    reason: 'Reason',
    reasonPlaceholder: 'For example: asked for it by letter on 25 November',
    doExport: 'Export',
    doErase: 'Erase for good',
    erased: 'Erased',
  },
};

declare module '@/i18n' {
  interface PageTexts extends Readonly<typeof zh> {}
}

addPage({ zh, en });
