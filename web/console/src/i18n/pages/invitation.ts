/** The words of the page behind an invitation. */
import { addPage } from '@/i18n';

const zh = {
  invitation: {
    title: '设置登录密码',
    hello: '{{name}}，您好。请为您的账号设置密码，之后用它登录坐席工作台。',
    login: '登录名',
    password: '新密码',
    repeat: '再输一次',
    submit: '设置密码并登录',
    until: '链接 {{time}} 前有效，只能使用一次。',
    useless: '这个链接不能用了',
    toLogin: '去登录',
  },
};

const en: typeof zh = {
  invitation: {
    title: 'Choose your password',
    hello: 'Welcome, {{name}}. Choose a password for your account; you sign in to the agent workspace with it.',
    login: 'Login name',
    password: 'New password',
    repeat: 'Once more',
    submit: 'Set the password and sign in',
    until: 'The link works once, until {{time}}.',
    useless: 'This link does not work any more',
    toLogin: 'To the sign-in page',
  },
};

declare module '@/i18n' {
  interface PageTexts extends Readonly<typeof zh> {}
}

addPage({ zh, en });
