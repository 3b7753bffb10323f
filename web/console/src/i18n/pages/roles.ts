/** The words of the page where roles are made and changed. */
import { addPage } from '@/i18n';

const zh = {
  roles: {
    list: '全部角色',
    add: '新建角色',
    builtin: '内置',
    holders: '{{count}} 位成员',
    nobody: '暂无成员使用',
    choose: '从左侧选择一个角色，查看它能做什么。',
    chooseOrAdd: '从左侧选择一个角色，或新建一个。内置角色不能修改，可以复制一份再改。',
    fixed: '内置角色随产品更新，不能修改或删除。需要不同的权限，请复制一份再改。',
    beyond: '这个角色的权限超出了您自己的权限，您不能修改它。',
    name: '名称',
    nameMissing: '请填写名称',
    description: '说明',
    descriptionHint: '给谁用、负责什么，一两句话',
    permissions: '能做什么',
    permissionsHint: '只能选择您自己拥有的权限。保存后立即对使用这个角色的人生效。',
    permissionsMissing: '请至少选择一项',
    notYours: '您自己没有这项权限，不能授予',
    all: '全选',
    allOf: '选择“{{area}}”的全部权限',
    save: '保存',
    create: '创建角色',
    saved: '已保存“{{name}}”',
    made: '已创建“{{name}}”。在“成员与团队”里分配给同事。',
    copy: '复制',
    copyOf: '{{name}} 副本',
    delete: '删除',
    deleteSure: '删除角色“{{name}}”？',
    deleteText: '删除后不能恢复。仍有人使用的角色不能删除。',
    deleted: '已删除“{{name}}”',
    seeThem: '查看这些成员',
    lose_one: '要收回 {{count}} 项权限吗？',
    lose_other: '要收回 {{count}} 项权限吗？',
    loseText: '使用“{{name}}”的 {{count}} 位成员会立即失去：{{permissions}}。其他角色带来的权限不受影响。',
    loseYes: '保存并收回',
    comma: '、',
  },
};

const en: typeof zh = {
  roles: {
    list: 'All roles',
    add: 'New role',
    builtin: 'Built in',
    holders: 'Held by {{count}}',
    nobody: 'Nobody holds it',
    choose: 'Choose a role on the left to see what it lets people do.',
    chooseOrAdd:
      'Choose a role on the left, or make a new one. Built-in roles stay as they are: copy one and change it.',
    fixed: 'Built-in roles follow the product and cannot be changed or deleted. Copy this one to change it.',
    beyond: 'This role holds more than you do yourself, so you cannot change it.',
    name: 'Name',
    nameMissing: 'Type a name',
    description: 'What it is for',
    descriptionHint: 'For whom and for which work, in a sentence or two',
    permissions: 'What it permits',
    permissionsHint: 'Only what you may do yourself. A change counts at once for everybody who holds the role.',
    permissionsMissing: 'Choose at least one',
    notYours: 'You do not hold this yourself, so you cannot give it',
    all: 'All',
    allOf: 'All permissions of “{{area}}”',
    save: 'Save',
    create: 'Create the role',
    saved: '“{{name}}” saved',
    made: '“{{name}}” created. Give it to people under “Staff and teams”.',
    copy: 'Copy',
    copyOf: 'Copy of {{name}}',
    delete: 'Delete',
    deleteSure: 'Delete the role “{{name}}”?',
    deleteText: 'This cannot be undone. A role that somebody holds cannot be deleted.',
    deleted: '“{{name}}” deleted',
    seeThem: 'See who they are',
    lose_one: 'Take one permission away?',
    lose_other: 'Take {{count}} permissions away?',
    loseText:
      'At once, whoever holds “{{name}}” ({{count}}) can no longer do this, unless another role lets them: {{permissions}}',
    loseYes: 'Save and take away',
    comma: ', ',
  },
};

declare module '@/i18n' {
  interface PageTexts extends Readonly<typeof zh> {}
}

addPage({ zh, en });
