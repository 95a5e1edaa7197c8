import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { BadRequestError } from '../platform/errors.ts';
import { matchesReleaseQuery } from './matches-release-query.ts';
import { parseReleaseQuery } from './release-query.ts';

const versions = [
  'web@1.2.3',
  'web@1.2.3-beta.1',
  'web@1.10.0+77',
  'web@2.0.0+9',
  'api@1.2.3+abc123',
  '@scope-app@0.9',
  'web@main build',
  'DEADBEEF',
];

function found(query: string, environments = 0): string[] {
  const parsed = parseReleaseQuery(query, environments);
  return versions.filter((version) => matchesReleaseQuery(version, parsed));
}

describe('a query for releases', () => {
  it.each<[string, string[]]>([
    ['', versions],
    ['   ', versions],
    ['dead', ['DEADBEEF']],
    ['WEB@1.', ['web@1.2.3', 'web@1.2.3-beta.1', 'web@1.10.0+77']],
    ['main build', ['web@main build']],
    ['"main build"', ['web@main build']],
    ['1.10.0 (77)', ['web@1.10.0+77']],
    ['web@1.10.0 (77)', ['web@1.10.0+77']],
    ['1.10.0 (78)', []],
    ['>', []],
    ['release:web@1.2.3', ['web@1.2.3']],
    ['release:1.2.3', []],
    ['release:"web@main build"', ['web@main build']],
    ['release:"web@main*"', ['web@main build']],
    ['release:web@1.2*', ['web@1.2.3', 'web@1.2.3-beta.1']],
    ['release:*+77', ['web@1.10.0+77']],
    ['release:*.2.*', ['web@1.2.3', 'web@1.2.3-beta.1', 'api@1.2.3+abc123']],
    ['release:w*3', []],
    ['release:*', versions],
    ['release:[web@1.2.3, DEADBEEF,"nope"]', ['web@1.2.3', 'DEADBEEF']],
    ['!release:web@*', ['api@1.2.3+abc123', '@scope-app@0.9', 'DEADBEEF']],
    ['release:web@* release:*77', ['web@1.10.0+77']],
    ['release:web@* main', ['web@main build']],
    ['release.package:api', ['api@1.2.3+abc123']],
    ['release.package:@scope-app', ['@scope-app@0.9']],
    ['release.package:[api,web] release:*1.2.3', ['web@1.2.3']],
    ['Release.Package:api', ['api@1.2.3+abc123']],
    ['release.version:1.2.3', ['web@1.2.3', 'api@1.2.3+abc123']],
    ['release.version:=1.2.3', ['web@1.2.3', 'api@1.2.3+abc123']],
    ['release.version:1.2.3-beta.1', ['web@1.2.3-beta.1']],
    ['release.version:web@1.2.3', ['web@1.2.3']],
    ['release.version:>1.2.3', ['web@1.10.0+77', 'web@2.0.0+9']],
    ['release.version:>=1.2.3 release.package:web', ['web@1.2.3', 'web@1.10.0+77', 'web@2.0.0+9']],
    ['release.version:<1.2.3', ['web@1.2.3-beta.1', '@scope-app@0.9']],
    ['release.version:<=0.9', ['@scope-app@0.9']],
    ['release.version:1.2.*', ['web@1.2.3', 'web@1.2.3-beta.1', 'api@1.2.3+abc123']],
    ['release.version:web@1.*', ['web@1.2.3', 'web@1.2.3-beta.1', 'web@1.10.0+77']],
    ['release.version:*', versions.slice(0, 6)],
    ['!release.version:*', ['web@main build', 'DEADBEEF']],
    ['release.version:!=1.2.3 release.package:api', []],
    ['release.build:77', ['web@1.10.0+77']],
    ['release.build:>9', ['web@1.10.0+77']],
    ['release.build:>=9', ['web@1.10.0+77', 'web@2.0.0+9']],
    ['release.build:abc*', ['api@1.2.3+abc123']],
    ['release.build:abc123', ['api@1.2.3+abc123']],
    ['release.build:abc', []],
  ])('%s finds %j', (query, expected) => {
    expect(found(query)).toEqual(expected);
  });

  it.each([
    ['nothing:here', 'knows no nothing:'],
    ['http://example.com', 'knows no http:'],
    ['semver:1', 'knows no semver:'],
    ['release:', 'behind release:'],
    ['release.version: 1', 'behind release.version:'],
    ['release:""', 'behind release:'],
    ['release:[a,,b]', 'behind release:'],
    ['release:"open', 'quotation'],
    ['"open', 'quotation'],
    ['release.version:abc', 'release.version:'],
    ['release.version:1.x', 'release.version:'],
    ['release.version:>1.*', 'release.version:'],
    ['release.version:1.2.3.4.5', 'release.version:'],
    ['release.version:9223372036854775808', 'release.version:'],
    ['release.build:>abc', 'release.build:'],
    ['release.stage:adopted', 'environment'],
  ])('%s is refused', (query, text) => {
    expect(() => found(query)).toThrow(BadRequestError);
    expect(() => found(query)).toThrow(text);
  });

  it('compares numbers of any length, in a query of 1,000 characters at most', () => {
    expect(found(`release.build:<${'9'.repeat(500)}`)).toEqual(['web@1.10.0+77', 'web@2.0.0+9']);
    expect(() => found('x'.repeat(1_001))).toThrow('1000');
  });

  it('knows the stage of a release in one environment: without sessions none is in use', () => {
    expect(found('release.stage:low_adoption', 1)).toEqual(versions);
    expect(found('release.stage:[adopted,replaced]', 1)).toEqual([]);
    expect(found('!release.stage:adopted', 1)).toEqual(versions);
    expect(() => found('release.stage:gone', 1)).toThrow('adopted');
    expect(() => found('release.stage:constructor', 1)).toThrow('adopted');
    expect(() => found('release.stage:low', 2)).toThrow('exactly one');
  });

  it('is understood or refused, whatever it is', async () => {
    await fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 60 }), fc.string({ maxLength: 30 }), (query, version) => {
        try {
          matchesReleaseQuery(version, parseReleaseQuery(query, 1));
        } catch (error) {
          expect(error).toBeInstanceOf(BadRequestError);
        }
      }),
    );
  });
});
