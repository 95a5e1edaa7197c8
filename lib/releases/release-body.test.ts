import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { InvalidFieldsError, RefusalError } from '../platform/errors.ts';
import { parseInput } from '../platform/field-errors.ts';
import { momentIn } from '../platform/moment.ts';
import { organizationReleaseBody, projectReleaseBody } from './release-body.ts';

const wrongFields = (field: string, value: unknown): string[] => {
  try {
    parseInput(organizationReleaseBody, { version: '1', projects: ['web'], [field]: value });
    return [];
  } catch (error) {
    expect(error).toBeInstanceOf(InvalidFieldsError);
    return Object.keys((error as InvalidFieldsError).fields);
  }
};

const smiley = '😀';

describe('the body of a release', () => {
  it('names repositories alike in commits and in refs: without the spaces around', () => {
    const repository = '\u00a0acme/app ';
    const sent = { version: '1', commits: [{ id: 'a', repository }], refs: [{ repository, commit: 'a' }] };
    const { commits, refs } = parseInput(projectReleaseBody, sent);
    expect([...(commits ?? []), ...(refs ?? [])].map((one) => one.repository)).toEqual(['acme/app', 'acme/app']);
  });

  it.each<[string, unknown[]]>([
    ['version', ['1.0', ' 1 ', 'x'.repeat(200), smiley.repeat(200), '1.2.3+dev', '...', 'latest-1', '\u00a0x']],
    ['ref', ['main', '', '  ', null, 'x'.repeat(200), smiley.repeat(200)]],
    ['url', ['https://example.com/a?b#c', 'ftp://example.com', '', null, ' https://example.com ']],
    ['dateReleased', ['2026-03-02T09:00:00Z', null]],
    ['dateStarted', ['2026-03-02T09:00:00+02:00', null]],
    ['status', ['open', 'archived']],
    ['owner', ['mia@acme.example', 17, null, '']],
    ['projects', [[], ['web'], [11], ['11'], Array<string>(48).fill('web')]],
    ['commits', [[], [{ id: 'a' }], [{ id: 'a', repository: '' }], [{ id: 'a', repository: ` ${'x'.repeat(64)} ` }]]],
    ['unheardOf', [1, null]],
  ])('takes as %s', (field, values) => {
    for (const value of values) expect(wrongFields(field, value), JSON.stringify(value)).toEqual([]);
  });

  it.each<[string, unknown[]]>([
    [
      'version',
      [
        '',
        ' ',
        '.',
        ' .. ',
        'latest',
        'Latest',
        'LATEST ',
        '/',
        '\\',
        'a\nb',
        'a\n',
        'a\rb',
        'a\tb',
        'a\fb',
        'a\u0000b',
        '\ud800',
        'x'.repeat(201),
        smiley.repeat(201),
        7,
        true,
        null,
        undefined,
        {},
      ],
    ],
    ['ref', ['x'.repeat(201), smiley.repeat(201), '\udfff', 7, []]],
    [
      'url',
      [
        'example',
        'example.com/x',
        'javascript:alert(1)',
        'mailto:a@b.example',
        `https://e.example/${'x'.repeat(2000)}`,
        7,
      ],
    ],
    ['dateReleased', ['', 'now', '2026-03-02', '2026-03-02T09:00:00', 1772442000, {}]],
    ['dateStarted', ['2026-03-02T09:00:00.1234567890Z']],
    ['status', ['Open', '', 'closed', null, 0, { toString: 1 }]],
    ['owner', ['x'.repeat(255), {}, true]],
    ['projects', [null, undefined, 'web', {}, [null], [1.5], [[]], [2 ** 60], Array<string>(91).fill('web')]],
    ['commits', [null, {}, 'x']],
    ['refs', [null]],
    ['headCommits', [null]],
  ])('refuses as %s', (field, values) => {
    for (const value of values) expect(wrongFields(field, value), JSON.stringify(value)).toEqual([field]);
  });

  it('asks for no projects where the address names one, and does not look at them', () => {
    expect(parseInput(projectReleaseBody, { version: '1', projects: 3 })).toEqual({ version: '1' });
  });

  it('is taken or refused with 400, whatever is sent', () => {
    const field = fc.oneof(
      fc.jsonValue(),
      fc.string({ unit: 'binary' }),
      fc.constantFrom('1', 'open', '2026-03-02T09:00:00Z'),
    );
    const body = fc.record(
      {
        version: field,
        ref: field,
        url: field,
        dateReleased: field,
        dateStarted: field,
        status: field,
        owner: field,
        projects: fc.oneof(field, fc.array(field)),
        commits: field,
      },
      { requiredKeys: [] },
    );
    fc.assert(
      fc.property(fc.oneof(body, fc.jsonValue()), (sent) => {
        try {
          parseInput(organizationReleaseBody, sent);
        } catch (error) {
          expect(error).toBeInstanceOf(RefusalError);
          expect((error as RefusalError).status).toBe(400);
        }
      }),
      { numRuns: 2_000 },
    );
  });
});

describe('a moment', () => {
  it.each([
    ['2026-03-02T09:00:00Z', '2026-03-02T09:00:00.000Z'],
    ['2026-03-02t09:00:00z', '2026-03-02T09:00:00.000Z'],
    ['2026-03-02 09:00:00.5+00:00', '2026-03-02T09:00:00.500Z'],
    ['2026-03-02T09:00:00.123456789Z', '2026-03-02T09:00:00.123Z'],
    ['2026-03-02T09:00:00.999999999-0130', '2026-03-02T10:30:00.999Z'],
    ['2026-03-02T09:00+09:30', '2026-03-01T23:30:00.000Z'],
    ['2024-02-29T00:00:00Z', '2024-02-29T00:00:00.000Z'],
  ])('%s is %s', (text, moment) => {
    expect(momentIn(text)).toBe(moment);
  });

  it.each([
    ['2026-02-29T00:00:00Z'],
    ['2026-02-30T00:00:00Z'],
    ['2026-13-01T00:00:00Z'],
    ['2026-03-02T24:00:00Z'],
    ['2026-03-02T23:60:00Z'],
    ['2026-03-02T09:00.5Z'],
    ['2026-03-02T09:00:00.Z'],
    ['2026-03-02T09:00:00+25:00'],
    ['9999-12-31T23:59:59-01:00'],
    ['0000-01-01T00:00:00+01:00'],
    ['+02026-03-02T09:00:00Z'],
    [' 2026-03-02T09:00:00Z'],
  ])('is not in %s', (text) => {
    expect(momentIn(text)).toBeUndefined();
  });
});

describe('a body that is nested deeper than any stack', () => {
  const deep = (depth: number): unknown => JSON.parse('['.repeat(depth) + ']'.repeat(depth));

  it.each(['version', 'ref', 'url', 'dateReleased', 'status', 'owner', 'projects', 'commits', 'unknown'])(
    'in %s is refused or left alone like any other',
    (field) => {
      const body = { version: '1.0', projects: [], [field]: deep(100_000) };
      try {
        parseInput(organizationReleaseBody, body);
      } catch (error) {
        expect(error).toBeInstanceOf(RefusalError);
      }
    },
  );
});
