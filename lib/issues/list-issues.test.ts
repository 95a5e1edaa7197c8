import { beforeEach, describe, expect, it } from 'vitest';
import { type Acme, createAcme } from '../../tests/support/acme.ts';
import { pageRequest } from '../platform/pagination.ts';
import { createIssue } from './create-issue.ts';
import type { Issue } from './issue-store.ts';
import { listIssues } from './list-issues.ts';
import { updateIssues } from './update-issues.ts';

const organization = 'acme';
let acme: Acme;
let app: Acme['app'];

beforeEach(async () => {
  acme = await createAcme();
  app = acme.app;
});

const create = (title: string, more: object = {}): Promise<Issue> =>
  createIssue(app, { organization, project: 'web', title, ...more });
const titles = async (query: string, more: object = {}): Promise<string[]> =>
  (await listIssues(app, { organization, query, ...more })).items.map(({ title }) => title);

describe('the list of issues', () => {
  it('has those that fit, newest first', async () => {
    const first = await create('Cart is empty', { release: 'web@1', level: 'fatal' });
    app.clock.advance(1_000);
    await create('Cart is full', { release: 'web@2' });
    app.clock.advance(1_000);
    await createIssue(app, { organization, project: 'api', title: 'Timeout' });
    await updateIssues(app, { organization, issueIds: [first.id], status: 'ignored' });
    expect(await titles('')).toEqual(['Timeout', 'Cart is full', 'Cart is empty']);
    expect(await titles('', { projectIds: [acme.web.id] })).toEqual(['Cart is full', 'Cart is empty']);
    expect(await titles('cart is:ignored')).toEqual(['Cart is empty']);
    expect(await titles('is:for_review')).toEqual(['Timeout', 'Cart is full']);
    expect(await titles('is:for_review', { projectIds: [acme.web.id] })).toEqual(['Cart is full']);
    expect(await titles('release:web@2')).toEqual(['Cart is full']);
    expect(await titles('level:fatal')).toEqual(['Cart is empty']);
    expect(await titles('web-1')).toEqual(['Cart is empty']);
    expect(await titles('is:resolved')).toEqual([]);
  });

  it.each(['', 'is:for_review'])('%s comes in pages that stay in place while issues come', async (query) => {
    for (let number = 1; number <= 5; number += 1) {
      await create(`Boom ${number}`);
      app.clock.advance(1_000);
    }
    const pageFrom = (cursor?: string) =>
      listIssues(app, { organization, query, page: pageRequest({ perPage: '2', cursor }) });
    const first = await pageFrom();
    await create('Boom 6');
    const second = await pageFrom(first.next);
    const third = await pageFrom(second.next);
    const seen = [first, second, third, await pageFrom(third.previous), await pageFrom(second.previous)];
    const numbers = seen.map(({ items }) => items.map(({ title }) => title.slice(-1)).join(''));
    expect(numbers).toEqual(['54', '32', '1', '32', '54']);
    expect(third.next).toBeUndefined();
    expect((await pageFrom((await pageFrom(second.previous)).previous)).items, 'the newcomer').toMatchObject([
      { title: 'Boom 6' },
    ]);
    for (const cursor of [
      'x',
      Buffer.from('>x').toString('base64url'),
      Buffer.from(`<${'9'.repeat(1400)}`).toString('base64url'),
    ]) {
      await expect((async () => pageFrom(cursor))()).rejects.toMatchObject({ status: 400 });
    }
  });
});
