import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { BadRequestError } from './errors.ts';
import { linkHeader, type Page, pageRequest, readPage, sourceOf } from './pagination.ts';

const entries = (names: readonly string[]) => names.map((name) => ({ position: name, item: name }));
const read = (names: readonly string[], sent: { perPage?: string; cursor?: string | undefined }) =>
  readPage(pageRequest(sent), sourceOf(entries(names)));

async function walk(names: readonly string[], perPage: number, between: () => readonly string[] = () => names) {
  const seen: string[] = [];
  let current = names;
  let page: Page<string> | undefined;
  do {
    page = await read(current, { perPage: String(perPage), cursor: page?.next });
    seen.push(...page.items);
    current = between();
  } while (page.next !== undefined);
  return seen;
}

const names = fc
  .uniqueArray(fc.stringMatching(/^[a-z]{1,4}$/), { maxLength: 30 })
  .map((all) => all.toSorted((one, other) => (one < other ? -1 : 1)));

describe('pages', () => {
  it('together are the list, whatever their size', async () => {
    await fc.assert(
      fc.asyncProperty(names, fc.integer({ min: 1, max: 8 }), async (all, size) => {
        expect(await walk(all, size)).toEqual(all);
      }),
    );
  });

  it('show every entry that stays exactly once while others come', async () => {
    await fc.assert(
      fc.asyncProperty(names, names, fc.integer({ min: 1, max: 5 }), async (all, more, size) => {
        const coming = [...more];
        let current = [...all];
        const seen = await walk(all, size, () => {
          const next = coming.pop();
          if (next !== undefined)
            current = [...new Set([...current, next])].toSorted((one, other) => (one < other ? -1 : 1));
          return current;
        });
        expect(new Set(seen).size).toBe(seen.length);
        expect(all.filter((name) => !seen.includes(name))).toEqual([]);
      }),
    );
  });

  it('lead back the way they came', async () => {
    const all = ['a', 'b', 'c', 'd', 'e'];
    const first = await read(all, { perPage: '2' });
    expect(first).toEqual({ items: ['a', 'b'], next: expect.any(String) });
    const second = await read(all, { perPage: '2', cursor: first.next });
    const third = await read(all, { perPage: '2', cursor: second.next });
    expect(third).toEqual({ items: ['e'], previous: expect.any(String) });
    const back = await read(all, { perPage: '2', cursor: third.previous });
    expect(back.items).toEqual(['c', 'd']);
    const start = await read(all, { perPage: '2', cursor: back.previous });
    expect(start).toEqual({ items: ['a', 'b'], next: expect.any(String) });
    expect((await read(all, { perPage: '2', cursor: start.next })).items).toEqual(['c', 'd']);
  });

  it('end early when almost nothing fits, and go on from there', async () => {
    const sparse = Array.from({ length: 5_000 }, (_, index) => {
      const position = String(index).padStart(5, '0');
      return index === 4_500 ? { position, item: 'the one' } : { position };
    });
    const found: string[] = [];
    let page: Page<string> | undefined;
    let pages = 0;
    do {
      page = await readPage(pageRequest({ cursor: page?.next }), sourceOf(sparse));
      found.push(...page.items);
      pages += 1;
    } while (page.next !== undefined);
    expect({ found, pages }).toEqual({ found: ['the one'], pages: 3 });
  });

  it.each(['0', '-1', '1.5', 'x', '', '101', '1e2', '99999999999'])('are not of the size %j', (perPage) => {
    expect(() => pageRequest({ perPage })).toThrow(BadRequestError);
  });

  it('do not begin at a cursor of somebody else', () => {
    const longerThanKeys = Buffer.from(`>${'é'.repeat(513)}`).toString('base64url');
    for (const cursor of ['x', 'PA', 'Pg', '>a', '0:100:0', 'PmE=', '%3E', 'ü', longerThanKeys]) {
      expect(() => pageRequest({ cursor }), cursor).toThrow(BadRequestError);
    }
  });
});

describe('the Link header', () => {
  it('tells both directions, as clients read it', async () => {
    const page = await read(['a', 'b', 'c'], { perPage: '1' });
    const header = linkHeader('https://postflow.example/api/0/x/', { query: ['a b'], project: ['1', '2'] }, page);
    expect(header).toBe(
      '<https://postflow.example/api/0/x/?query=a+b&project=1&project=2&cursor=>; rel="previous"; results="false"; cursor="", ' +
        `<https://postflow.example/api/0/x/?query=a+b&project=1&project=2&cursor=${page.next}>; rel="next"; results="true"; cursor="${page.next}"`,
    );
  });
});
