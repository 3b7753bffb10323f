/** The words of what the assistant did in a conversation. */
import { addPage } from '@/i18n';

const zh = {
  trace: {
    label: '助手做了什么',
    nothing: '助手在这个会话里还没有办理过事情。',
    failed: '没有取到助手的记录：{{problem}}',
    version: '第 {{version}} 版',
    after: '第 {{seq}} 条消息之后',
    outcome_done: '已办好',
    outcome_told: '已答复',
    outcome_declined: '客户没有办',
    outcome_impossible: '办不了，已说明',
    outcome_unknown: '没有可靠答案',
    outcome_expired: '超时未答复',
    outcome_open: '未结束',
    steps: '{{count}} 步',
    deed_cancel_order: '取消订单',
    deed_reinstate_order: '恢复订单',
    deed_change_address: '改收货信息',
    deed_change_item: '换规格',
    deed_change_remark: '改备注',
    deed_request_return: '申请退货',
    deed_request_exchange: '申请换货',
    deed_request_refund: '申请退款',
    deed_reship: '补发',
    deed_withdraw_case: '撤销售后申请',
    deed_request_invoice: '申请开票',
    deed_grant_coupon: '发优惠券',
    deed_revoke_coupon: '收回优惠券',
    deed_protect_price: '退差价',
    deed_ask_carrier: '联系快递',
    state_begun: '等店铺确认',
    state_done: '成功',
    state_refused: '未受理',
    state_unclear: '结果不明，待核实',
    undone: '之后已撤回',
  },
};

const en: typeof zh = {
  trace: {
    label: 'What the assistant did',
    nothing: 'The assistant has not worked on anything in this conversation.',
    failed: 'The record could not be fetched: {{problem}}',
    version: 'version {{version}}',
    after: 'after message {{seq}}',
    outcome_done: 'Done',
    outcome_told: 'Answered',
    outcome_declined: 'Not wanted',
    outcome_impossible: 'Not possible, explained',
    outcome_unknown: 'No reliable answer',
    outcome_expired: 'No answer in time',
    outcome_open: 'Not finished',
    steps: '{{count}} steps',
    deed_cancel_order: 'Cancel the order',
    deed_reinstate_order: 'Bring the order back',
    deed_change_address: 'Change delivery details',
    deed_change_item: 'Change the variant',
    deed_change_remark: 'Change the remark',
    deed_request_return: 'Request a return',
    deed_request_exchange: 'Request an exchange',
    deed_request_refund: 'Request a refund',
    deed_reship: 'Send again',
    deed_withdraw_case: 'Withdraw the request',
    deed_request_invoice: 'Request an invoice',
    deed_grant_coupon: 'Grant a coupon',
    deed_revoke_coupon: 'Take a coupon back',
    deed_protect_price: 'Refund the difference',
    deed_ask_carrier: 'Ask the carrier',
    state_begun: 'waiting for the shop',
    state_done: 'done',
    state_refused: 'refused',
    state_unclear: 'unclear, to be checked',
    undone: 'taken back later',
  },
};

declare module '@/i18n' {
  interface PageTexts extends Readonly<typeof zh> {}
}

addPage({ zh, en });
