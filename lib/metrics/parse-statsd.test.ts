import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parseStatsd } from './parse-statsd.ts';

const views = { type: 'c', namespace: 'custom', name: 'page.views', unit: 'none' };

describe('a statsd item', () => {
  it('is read as sentry-cli writes it', () => {
    expect(parseStatsd('page.views@none:3|c|#environment:production,route:/home|T1700000000')).toEqual({
      points: [
        {
          metric: views,
          sample: { type: 'c', increment: 3 },
          tags: { environment: 'production', route: '/home' },
          timestamp: 1_700_000_000,
        },
      ],
      refused: new Map(),
    });
  });

  it.each([
    ['page.views:1|c', { type: 'c', increment: 1 }],
    ['page.views:1:2:3.5|c', { type: 'c', increment: 6.5 }],
    ['page.views:-1|c', { type: 'c', increment: -1 }],
    ['page.views:1e3|c', { type: 'c', increment: 1_000 }],
    ['page.views:57:49|d', { type: 'd', values: [57, 49] }],
    ['page.views:25|g', { type: 'g', last: 25, min: 25, max: 25, sum: 25, count: 1 }],
    ['page.views:25:17:42:220:85|g', { type: 'g', last: 25, min: 17, max: 42, sum: 220, count: 85 }],
    ['page.views:mia:ada|s', { type: 's', members: ['mia', 'ada'] }],
  ])('%s has the sample %o', (line, sample) => {
    expect(parseStatsd(line).points).toEqual([
      { metric: { ...views, type: sample.type }, sample, tags: {}, timestamp: undefined },
    ]);
  });

  it.each([
    ['a:b', { a: 'b' }],
    ['a', { a: '' }],
    ['a:b:c', { a: 'b:c' }],
    [',a:1,,b:2,', { a: '1', b: '2' }],
    [String.raw`a:one\u{7c}two\u{2c}three`, { a: 'one|two,three' }],
    [String.raw`a:line\nnext\\n`, { a: 'line\nnext\\n' }],
    ['__proto__:x', JSON.parse('{"__proto__":"x"}') as Record<string, string>],
  ])('reads the tags %s', (text, tags) => {
    expect(parseStatsd(`x:1|c|#${text}`).points[0]?.tags).toEqual(tags);
  });

  it('reads every line and counts those that it cannot read', () => {
    const text = [
      'ok:1|c',
      '',
      'no value|c',
      'wrong:number|c',
      'wrong:0x10|c',
      'wrong:Infinity|c',
      'wrong:1|x',
      'wrong:1',
      'wrong:1:2|g',
      'wrong:|s',
      'sampled:1|c|@0.1',
      'wrong:1|c|Tsoon',
      'wrong:1|c|#:nameless',
      `wrong:1|c|#${'x'.repeat(201)}:a`,
      `tagged:1|c|#${Array.from({ length: 33 }, (_, index) => `t${index}:1`).join(',')}`,
      'ok:2|c|T1700000000\r',
    ].join('\n');
    const { points, refused } = parseStatsd(text);
    expect(points.map(({ sample }) => sample)).toEqual([
      { type: 'c', increment: 1 },
      { type: 'c', increment: 2 },
    ]);
    expect(Object.fromEntries(refused)).toEqual({ malformed: 10, tag_name: 2, too_many_tags: 1 });
  });

  it('is read or counted, whatever it is', () => {
    const pieces = fc.constantFrom(
      'a',
      '@',
      'none',
      ':',
      '1',
      '|',
      'c',
      'd',
      'g',
      's',
      '#',
      ',',
      'T',
      '\n',
      '\\',
      'u{',
      '}',
      ' ',
    );
    const anything = fc.oneof(
      fc.string({ unit: 'binary' }),
      fc.array(pieces).map((parts) => parts.join('')),
    );
    fc.assert(
      fc.property(anything, (text) => {
        const { points, refused } = parseStatsd(text);
        const lines = text.split('\n').filter((line) => line.trim() !== '').length;
        expect(points.length + [...refused.values()].reduce((sum, count) => sum + count, 0)).toBe(lines);
      }),
      { numRuns: 500 },
    );
  });
});
