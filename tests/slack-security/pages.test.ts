import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { addressesIn, type Tag, tagsIn } from './html.ts';
import { ourUrl } from './message-builders.ts';
import { harmless, hostile } from './outside-text.ts';
import { pageBuilders } from './page-builders.ts';

const ways = [
  `${ourUrl}/`,
  'slack://channel?',
  'slack://open?',
  'https://app.slack.com/client/',
  'data:image/svg+xml,',
];
const isOurs = (address: string): boolean => ways.some((way) => address.startsWith(way));

/** What a page is built of, without what is put into it. */
function skeleton(tags: readonly Tag[]): string[] {
  return tags.map(({ name, attributes }) => [name, ...Object.keys(attributes)].join(' '));
}

describe.each(Object.entries(pageBuilders))('the page of %s', (_, build) => {
  it('runs nothing and leads to us', () => {
    const tags = tagsIn(build(harmless));
    expect(tags.map(({ name }) => name)).toContain('h1');
    expect(tags.filter(({ name }) => ['script', 'iframe', 'object', 'embed', 'base'].includes(name))).toEqual([]);
    expect(
      tags.flatMap(({ attributes }) => Object.keys(attributes)).filter((name) => /^on|^style$/.test(name)),
    ).toEqual([]);
    expect(addressesIn(tags).filter((address) => !isOurs(address))).toEqual([]);
  });

  it('stays what it is, whatever others have named their things', async () => {
    const expected = skeleton(tagsIn(build(harmless)));
    await fc.assert(
      fc.asyncProperty(hostile, async (outside) => {
        const tags = tagsIn(build(outside));
        expect(skeleton(tags)).toEqual(expected);
        expect(addressesIn(tags).filter((address) => !isOurs(address))).toEqual([]);
      }),
      { numRuns: 40 },
    );
  });
});

describe('what is looked for', () => {
  it.each(['<p>a < b</p>', '<p title=x>', '<p title="a"b">', '<p title="<b>">', '<!-- x -->', '<P>', "<a href='x'>"])(
    '%j is none of ours',
    (html) => {
      expect(() => tagsIn(html)).toThrow('not of ours');
    },
  );

  it('is found', () => {
    expect(tagsIn('<p class="a" hidden>x<br></p>')).toEqual([
      { name: 'p', attributes: { class: 'a', hidden: '' } },
      { name: 'br', attributes: {} },
      { name: '/p', attributes: {} },
    ]);
  });
});
