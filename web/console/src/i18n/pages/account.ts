/** The words of one's own account. */
import { addPage } from '@/i18n';

const zh = {
  account: {
    login: '登录名',
    teams: '部门与小组',
    none: '不属于任何部门',
    password: '修改密码',
    current: '当前密码',
    next: '新密码',
    repeat: '再输一次新密码',
    change: '修改密码',
    changeHint: '修改后，其他设备会退出登录。',
    changed: '密码已修改，其他设备已退出登录',
    devices: '已登录的设备',
    devicesHint: '4 小时没有操作，或登录满 16 小时，会自动退出。有不认识的设备，请让它退出并修改密码。',
    here: '本机',
    system: '{{browser}} · {{system}}',
    unknown: '未知设备',
    lastSeen: '最近使用 {{time}}',
    since: '{{time}} 登录',
    end: '退出',
    endOf: '让 {{device}} 退出',
    endSure: '让这台设备退出登录？',
    endText: '它打开的页面会立即关闭，没有发出的内容留在那台设备上。',
    ended: '已退出',
    endOthers: '退出其他所有设备',
    endOthersSure: '让其他所有设备退出登录？',
    alone: '没有在其他设备登录。',
  },
};

const en: typeof zh = {
  account: {
    login: 'Login name',
    teams: 'Departments and teams',
    none: 'in no department',
    password: 'Change the password',
    current: 'Present password',
    next: 'New password',
    repeat: 'New password once more',
    change: 'Change the password',
    changeHint: 'Your other devices are signed out by it.',
    changed: 'Password changed; other devices are signed out',
    devices: 'Signed-in devices',
    devicesHint:
      'A device is signed out after 4 hours without use, and 16 hours after it signed in. If you do not know one, end it and change your password.',
    here: 'this one',
    system: '{{browser}} · {{system}}',
    unknown: 'Unknown device',
    lastSeen: 'last used {{time}}',
    since: 'signed in {{time}}',
    end: 'Sign out',
    endOf: 'Sign out {{device}}',
    endSure: 'Sign this device out?',
    endText: 'Its pages close at once. What was not sent stays on that device.',
    ended: 'Signed out',
    endOthers: 'Sign out all others',
    endOthersSure: 'Sign out all other devices?',
    alone: 'You are signed in nowhere else.',
  },
};

declare module '@/i18n' {
  interface PageTexts extends Readonly<typeof zh> {}
}

addPage({ zh, en });
