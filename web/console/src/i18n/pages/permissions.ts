/** What each permission lets somebody do, and what the built-in roles are for: one text for each. */
import { addPage } from '@/i18n';

const zh = {
  permission: {
    area: {
      conversations: '会话',
      customers: '客户',
      orders: '订单',
      tickets: '工单',
      knowledge: '知识库',
      quality: '识别质量',
      workforce: '排班与看板',
      reports: '报表',
      improvement: '持续改进',
      routing: '分流与服务级别',
      channels: '渠道',
      staff: '成员',
      api_keys: '接口密钥',
      privacy: '隐私',
      audit: '操作记录',
      settings: '系统设置',
    },
    conversations: {
      read_own: '查看自己的会话',
      read_team: '查看本团队的会话',
      read_all: '查看全部会话',
      reply: '接入会话并回复客户',
      assign: '把会话分给别人或转交其他团队',
    },
    customers: {
      read: '查看客户资料（敏感内容打码）',
      read_personal: '说明理由后查看手机号、地址等完整信息',
      edit: '修改客户资料和备注',
    },
    orders: { read: '查看订单和物流', change: '给订单加备注、代客户修改订单' },
    tickets: {
      read: '查看自己和本部门的工单',
      read_all: '查看所有部门的工单',
      edit: '新建和处理工单',
      manage: '设置工单类型',
    },
    knowledge: {
      read: '查看知识库',
      edit: '编写知识和团队共用的快捷回复',
      publish: '审核并发布知识',
    },
    quality: { review: '复核助手的识别，训练和发布模型' },
    workforce: { read: '查看实时看板', manage: '管理排班和人员状态' },
    reports: { read: '查看报表', export: '导出报表' },
    improvement: { read: '查看改进项目', edit: '提出和推进改进项目' },
    routing: { manage: '设置分流规则、服务级别、技能、升级链路和主动服务' },
    channels: { manage: '接入和设置渠道' },
    staff: { read: '查看同事、角色和团队', manage: '邀请、修改和停用成员，管理部门、小组和角色' },
    api_keys: { manage: '创建和吊销接口密钥' },
    privacy: { manage: '应客户要求导出或删除其个人信息' },
    audit: { read: '查看操作记录：谁在何时看了或改了什么' },
    settings: { manage: '修改系统设置和集成' },
  },
  role: {
    administrator: '管理员',
    administrator_hint: '负责整个系统：成员、密钥、集成和所有设置。',
    supervisor: '主管',
    supervisor_hint: '带团队：看全部会话、分配、复核、改规则和知识。',
    agent: '客服',
    agent_hint: '接待客户：会话、订单、工单和本团队的内容。',
    analyst: '分析师',
    analyst_hint: '只看不改：会话、工单和报表，可以导出。',
    department_member: '部门成员',
    department_member_hint: '客服以外的部门：处理转来的工单。',
    everywhere: '全公司',
    custom: '自定义',
    teamOnly: '限定到部门或小组的角色，只带来与团队有关的权限：会话、工单、看板、报表和复核。',
    holds: '可以做 {{count}} 件事',
    gone: '已删除的角色（{{code}}）',
  },
};

const en: typeof zh = {
  permission: {
    area: {
      conversations: 'Conversations',
      customers: 'Customers',
      orders: 'Orders',
      tickets: 'Tickets',
      knowledge: 'Knowledge',
      quality: 'Quality of reading',
      workforce: 'Shifts and board',
      reports: 'Reports',
      improvement: 'Improvement',
      routing: 'Routing and service levels',
      channels: 'Channels',
      staff: 'Staff',
      api_keys: 'API keys',
      privacy: 'Privacy',
      audit: 'Audit trail',
      settings: 'Settings',
    },
    conversations: {
      read_own: 'See one’s own conversations',
      read_team: 'See the conversations of one’s teams',
      read_all: 'See all conversations',
      reply: 'Take conversations and reply to customers',
      assign: 'Give conversations to others or to another team',
    },
    customers: {
      read: 'See customers, with personal details masked',
      read_personal: 'See phone numbers, addresses and the like in full, after giving a reason',
      edit: 'Change customers’ details and notes',
    },
    orders: { read: 'See orders and parcels', change: 'Add remarks to orders and change them for a customer' },
    tickets: {
      read: 'See one’s own tickets and those of one’s department',
      read_all: 'See the tickets of all departments',
      edit: 'Open tickets and work on them',
      manage: 'Set up kinds of tickets',
    },
    knowledge: {
      read: 'Read the knowledge base',
      edit: 'Write articles, and canned replies for the team',
      publish: 'Review and publish articles',
    },
    quality: { review: 'Review what the assistant understood; teach and publish models' },
    workforce: { read: 'See the live board', manage: 'Manage shifts and who is there' },
    reports: { read: 'See reports', export: 'Export reports' },
    improvement: { read: 'See improvement projects', edit: 'Propose improvements and carry them on' },
    routing: { manage: 'Set triage, service levels, skills, escalation and proactive service' },
    channels: { manage: 'Connect and set up channels' },
    staff: {
      read: 'See colleagues, roles and teams',
      manage: 'Invite, change and deactivate colleagues; manage departments, teams and roles',
    },
    api_keys: { manage: 'Make and revoke API keys' },
    privacy: { manage: 'Export or erase a customer’s personal data when they ask for it' },
    audit: { read: 'Read the audit trail: who saw or changed what, and when' },
    settings: { manage: 'Change settings and integrations' },
  },
  role: {
    administrator: 'Administrator',
    administrator_hint: 'Looks after the whole system: people, keys, integrations, all settings.',
    supervisor: 'Supervisor',
    supervisor_hint: 'Leads: sees all conversations, assigns, reviews, changes rules and knowledge.',
    agent: 'Agent',
    agent_hint: 'Serves customers: conversations, orders, tickets, and what the team keeps.',
    analyst: 'Analyst',
    analyst_hint: 'Looks and changes nothing: conversations, tickets and reports, with export.',
    department_member: 'Department member',
    department_member_hint: 'For other departments: works on the tickets that come to them.',
    everywhere: 'Everywhere',
    custom: 'Custom',
    teamOnly:
      'A role that is limited to a department or a team only brings what concerns teams: conversations, tickets, the board, reports and review.',
    holds: 'May do {{count}} things',
    gone: 'a deleted role ({{code}})',
  },
};

declare module '@/i18n' {
  interface PageTexts extends Readonly<typeof zh> {}
}

addPage({ zh, en });

export const PERMISSION_WORDS = { zh: zh.permission, en: en.permission };
