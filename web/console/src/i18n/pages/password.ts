/** The words of choosing a password, on whichever page. */
import { addPage } from '@/i18n';

const zh = {
  password: {
    hint: '至少 10 个字符，不能是常见密码，也不能包含登录名',
    missing: '请输入密码',
    differs: '两次输入的密码不一样',
  },
};

const en: typeof zh = {
  password: {
    hint: 'At least 10 characters, not a common one, and without your login name in it',
    missing: 'Type a password',
    differs: 'The two passwords differ',
  },
};

declare module '@/i18n' {
  interface PageTexts extends Readonly<typeof zh> {}
}

addPage({ zh, en });
