/** What groups of intents are called where rules name them. */
import { addPage } from '@/i18n';

const zh = {
  intentGroup: {
    all: '{{name}}类全部',
    account: '账号',
    aftersales: '售后',
    chat: '闲聊',
    complaint: '投诉',
    exchange: '换货',
    invoice: '发票',
    issue: '收货问题',
    logistics: '物流',
    order: '订单',
    payment: '支付',
    product: '商品咨询',
    promo: '优惠',
    refund: '退款',
    return: '退货',
  },
};

const en: typeof zh = {
  intentGroup: {
    all: 'All of {{name}}',
    account: 'accounts',
    aftersales: 'after-sales',
    chat: 'small talk',
    complaint: 'complaints',
    exchange: 'exchanges',
    invoice: 'invoices',
    issue: 'trouble with what arrived',
    logistics: 'delivery',
    order: 'orders',
    payment: 'payment',
    product: 'products',
    promo: 'offers',
    refund: 'refunds',
    return: 'returns',
  },
};

declare module '@/i18n' {
  interface PageTexts extends Readonly<typeof zh> {}
}

addPage({ zh, en });
