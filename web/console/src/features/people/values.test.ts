import type { TFunction } from 'i18next';
import { expect, test } from 'vitest';
import { i18next } from '@/i18n';
import '@/i18n/pages/audit';
import '@/i18n/pages/people';
import '@/i18n/pages/permissions';
import { wholeMoment } from '@/shared/time';
import { changesOf } from './changes';
import { fieldName, telling } from './values';

const t = i18next.t as TFunction;
const WEN = '01a216ee-e80f-7eb6-b5fc-7a5b209c28c5';
const TEAM = '01a216ee-e80f-7eb6-b5fc-7a5b209c28c6';
const GONE = '01a216ee-e80f-7eb6-b5fc-7a5b209c28c7';
const MOMENT = '2026-11-25T01:00:00+00:00';
const places = {
  rolesOf: (grants: readonly { role: string }[]) => grants.map(({ role }) => `角色 ${role}`).join('、'),
  placesOf: (of: readonly object[]) => `${of.length} 处`,
  placeById: (id: string) => (id === TEAM ? '客服 / 售前组' : undefined),
};
const tell = telling(places, { [WEN]: '闻一百' }, t);

test('a field without words stands as it is', () => {
  expect(fieldName('roles', t)).toBe('角色');
  expect(fieldName('moon', t)).toBe('moon');
});

test.each([
  ['roles', [{ role: 'agent' }], '角色 agent'],
  ['roles', [], null],
  ['roles', 'agent', 'agent'],
  ['memberships', [{ department_id: 'd' }], '1 处'],
  ['scopes', ['staff.read', 'moon.land'], '查看同事、角色和团队、moon.land'],
  ['permissions', ['orders.read'], '查看订单和物流'],
  ['changed', ['phone', 'moon'], '手机号、moon'],
  ['field', 'phone', '手机号'],
  ['locale', 'en', 'English'],
  ['renamed', true, '是'],
  ['events', ['a', 'b'], 'a、b'],
  ['events', [], null],
  ['level', 2, '2'],
  ['name', '', null],
  ['name', undefined, null],
  ['owner_id', WEN, '闻一百'],
  ['watcher_ids', [WEN, GONE], '闻一百、…9c28c7'],
  ['team_id', TEAM, '客服 / 售前组'],
  ['due_at', MOMENT, wholeMoment(MOMENT)],
  ['held_on', '2026-11-25', '2026-11-25'],
  ['category', 'after_sale', '售后'],
  ['category', 'no.such', 'no.such'],
  ['checklist', ['1/0', '0/1'], '2 项，完成 1 项'],
  ['grades', {}, null],
  ['periods', [{ opens: 540, closes: 1080 }], '09:00–18:00'],
])('what stood in %s: %o', (field, value, words) => {
  expect(tell(field, value)).toEqual(words);
});

test('what is made of parts is told in lines', () => {
  expect(tell('limits', { answer_seconds: 60, misses: null })).toEqual([{ name: '接待时限（秒）', told: '60' }]);
  expect(tell('limits', [{ level: 1, first_response: 5, around_the_clock: false }])).toEqual([
    {
      name: '级别 1',
      told: [
        { name: '级别', told: '1' },
        { name: '首次响应（分钟）', told: '5' },
        { name: '全天计时', told: '否' },
      ],
    },
  ]);
  expect(tell('overflow', [{ team_id: TEAM, after_seconds: 60 }])).toEqual([
    { name: '', told: '小组：客服 / 售前组；等待（秒）：60' },
  ]);
  expect(tell('states', [{ code: 'new', name: '新', category: 'open', next: [] }])).toEqual([
    {
      name: '新',
      told: [
        { name: '代码', told: 'new' },
        { name: '类别', told: '待处理' },
      ],
    },
  ]);
  const week = [[{ opens: 0, closes: 1440 }], [], [], [], [], [], []];
  expect(tell('weekly', week)?.slice(0, 2)).toEqual([
    { name: '周一', told: '00:00–24:00' },
    { name: '周二', told: '休息' },
  ]);
});

const changes = (before: object, after: object) => changesOf({ before: { ...before }, after: { ...after } }, tell, t);

test('only what changed is told, down to the part', () => {
  const before = { level: 1, same: 'x', code: 'y', limits: { answer_seconds: 60, misses: 2 } };
  const after = { level: 2, same: 'x', title: '', limits: { answer_seconds: 90, misses: 2 } };
  expect(changes(before, after)).toEqual([
    { path: ['级别'], before: '1', after: '2' },
    { path: ['代码'], before: 'y', after: null },
    { path: ['上限', '接待时限（秒）'], before: '60', after: '90' },
  ]);
  expect(changesOf({ before: null, after: null }, tell, t)).toEqual([]);
  expect(changes({}, { permissions: ['orders.read'] })).toEqual([
    { path: ['权限'], before: null, after: '查看订单和物流' },
  ]);
});

test('of a list it is told what came and what went', () => {
  const read = ['orders.read', 'staff.read'];
  expect(changes({ permissions: read }, { permissions: ['staff.read', 'audit.read'] })).toEqual([
    { path: ['权限'], partly: true, before: '查看订单和物流', after: '查看操作记录：谁在何时看了或改了什么' },
  ]);
  expect(changes({ permissions: read }, { permissions: ['staff.read'] })).toEqual([
    { path: ['权限'], partly: true, before: '查看订单和物流', after: null },
  ]);
  expect(changes({ events: ['a', 'b'] }, { events: ['b', 'a'] })).toEqual([
    { path: ['事件'], before: 'a、b', after: 'b、a' },
  ]);
});

test('parts of a list that can be told apart are compared one by one', () => {
  const state = (code: string, name: string) => ({ code, name, category: 'open' });
  const before = { states: [state('new', '新'), state('old', '旧')] };
  expect(changes(before, { states: [state('new', '新建'), state('done', '完成')] })).toEqual([
    { path: ['状态', '新建', '名称'], before: '新', after: '新建' },
    {
      path: ['状态'],
      partly: true,
      before: [
        {
          name: '旧',
          told: [
            { name: '代码', told: 'old' },
            { name: '类别', told: '待处理' },
          ],
        },
      ],
      after: [
        {
          name: '完成',
          told: [
            { name: '代码', told: 'done' },
            { name: '类别', told: '待处理' },
          ],
        },
      ],
    },
  ]);
});

test('the checklist of a kind is told line by line, that of a ticket as far as it is', () => {
  const line = (text: string, required: boolean) => ({ text, done: false, required });
  const before = { checklist: [line('外箱照片', false), line('批号', true), line('收货日期', false)] };
  const after = { checklist: [line('外箱照片', true), line('批号', true), line('签收人', false)] };
  const told = (text: string) => [
    {
      name: text,
      told: [
        { name: '已完成', told: '否' },
        { name: '必填', told: '否' },
      ],
    },
  ];
  expect(changes(before, after)).toEqual([
    { path: ['检查清单', '外箱照片', '必填'], before: '否', after: '是' },
    { path: ['检查清单'], partly: true, before: told('收货日期'), after: told('签收人') },
  ]);
  expect(changes({ checklist: ['0/0', '0/1'] }, { checklist: ['1/0', '0/1'] })).toEqual([
    { path: ['检查清单'], before: '2 项，完成 0 项', after: '2 项，完成 1 项' },
  ]);
});
