import { describe, expect, it } from 'vitest';
import { changedParams, exportAddress, filtersIn, NOBODY, queryOf, wantedOf } from './filters';

describe('wantedOf', () => {
  it('reads what the address says, and leaves out what it says wrongly', () => {
    const wanted = wantedOf(new URLSearchParams('layout=table&sort=worst&level=3&category=waiting&due=never&q=破损'));
    expect(wanted).toMatchObject({ layout: 'table', sort: 'updated', level: 3, category: 'waiting', q: '破损' });
    expect(wanted.due).toBeUndefined();
    expect(wantedOf(new URLSearchParams('level=9')).level).toBeUndefined();
  });

  it('shows the board where the address says nothing', () => {
    expect(wantedOf(new URLSearchParams())).toMatchObject({ layout: 'board', sort: 'updated' });
  });
});

describe('changedParams', () => {
  it('takes out what is no longer wanted and keeps the rest', () => {
    const after = changedParams(new URLSearchParams('layout=table&level=3&q=x'), {
      level: undefined,
      q: '',
      owner: 'a',
    });
    expect(after.toString()).toBe('layout=table&owner=a');
  });

  it('is read again as it was written', () => {
    const written = changedParams(new URLSearchParams(), { watched: true, level: 5, department: 'd' });
    expect(filtersIn(wantedOf(written))).toEqual(['department', 'level', 'watched']);
  });
});

describe('queryOf', () => {
  it.each([
    ['owner=a', { owner_id: 'a', unowned: undefined }],
    [`owner=${NOBODY}`, { owner_id: undefined, unowned: true }],
    ['category=waiting', { category: ['waiting'] }],
    ['layout=table&sort=due', { sort: 'due' }],
    ['sort=due', { sort: undefined }],
  ])('asks for %s', (address, asked) => {
    expect(queryOf(wantedOf(new URLSearchParams(address)))).toMatchObject(asked);
  });
});

describe('exportAddress', () => {
  it('is of what is listed, in the order of the list, without what nobody asked for', () => {
    const address = exportAddress(wantedOf(new URLSearchParams('level=3&q=破损&sort=level')), 'xlsx', 'zh');
    const { pathname, searchParams } = new URL(address, 'http://desk');
    expect(pathname).toBe('/api/v1/tickets/export/xlsx');
    expect(Object.fromEntries(searchParams)).toEqual({ locale: 'zh', level: '3', q: '破损', sort: 'level' });
  });
});
