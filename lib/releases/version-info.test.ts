import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { semanticVersion } from './semantic-version.ts';
import { versionInfo } from './version-info.ts';

const sha = '0123456789abcdef0123456789abcdef01234567';

/** Major, minor, patch, pre, buildCode, components. */
type Numbers = readonly [number, number, number, string | null, string | null, number];

function info(
  packageName: string | null,
  raw: string,
  numbers: Numbers | null,
  description: string,
  buildHash: string | null = null,
) {
  const [major, minor, patch, pre, buildCode, components] = numbers ?? [];
  const parsed = numbers === null ? {} : { major, minor, patch, pre, buildCode, components };
  return { package: packageName, version: { raw, ...parsed }, description, buildHash };
}

describe('what a version tells', () => {
  it.each([
    [
      'foo.bar.BazApp@1.0a+20200101100',
      info('foo.bar.BazApp', '1.0a+20200101100', [1, 0, 0, 'a', '20200101100', 2], '1.0a (20200101100)'),
    ],
    ['@scope-pkg@2.0.0-beta.1', info('@scope-pkg', '2.0.0-beta.1', [2, 0, 0, 'beta.1', null, 3], '2.0.0-beta.1')],
    ['app@1-a1', info('app', '1-a1', [1, 0, 0, 'a1', null, 1], '1-a1')],
    ['app@1.2.3.4', info('app', '1.2.3.4', [1, 2, 3, null, null, 4], '1.2.3.4')],
    ['app@01.002', info('app', '01.002', [1, 2, 0, null, null, 2], '01.002')],
    ['app@1.0rc1+1.2.3', info('app', '1.0rc1+1.2.3', [1, 0, 0, 'rc1', '1.2.3', 2], '1.0rc1 (1.2.3)')],
    ['app@1.2.3-', info('app', '1.2.3-', [1, 2, 3, null, null, 3], '1.2.3-')],
    ['app@1.2.3-0.alpha--9', info('app', '1.2.3-0.alpha--9', [1, 2, 3, '0.alpha--9', null, 3], '1.2.3-0.alpha--9')],
    [`app@1.0+${sha}`, info('app', `1.0+${sha}`, [1, 0, 0, null, sha, 2], '1.0 (0123456789ab)', sha)],
    ['  app@1.0  ', info('app', '1.0', [1, 0, 0, null, null, 2], '1.0')],
    [
      'app@18446744073709551616.1',
      info('app', '18446744073709551616.1', [0, 1, 0, null, null, 2], '18446744073709551616.1'),
    ],
  ])('reads %s', (version, expected) => {
    expect(versionInfo(version)).toEqual(expected);
  });

  it.each([
    ['1.2.3', info(null, '1.2.3', null, '1.2.3')],
    [sha, info(null, sha, null, '0123456789ab', sha)],
    [`app@${sha}`, info('app', sha, null, '0123456789ab', sha)],
    ['app@123456789012', info('app', '123456789012', null, '123456789012', '123456789012')],
    ['app@1a1', info('app', '1a1', null, '1a1')],
    ['app@1.0-01', info('app', '1.0-01', null, '1.0-01')],
    ['app@1.0a01', info('app', '1.0a01', null, '1.0a01')],
    ['app@1.2.3.4.5', info('app', '1.2.3.4.5', null, '1.2.3.4.5')],
    ['app@1.0+', info('app', '1.0+', null, '1.0+')],
    ['app@1.0A', info('app', '1.0A', null, '1.0A')],
    ['app@b@1.0', info('app', 'b@1.0', null, 'b@1.0')],
    ['@app', info(null, '@app', null, '@app')],
    ['app@', info(null, 'app@', null, 'app@')],
    ['@@1.0', info(null, '@@1.0', null, '@@1.0')],
    ['', info(null, '', null, '')],
  ])('sees no version, only a text, in %s', (version, expected) => {
    expect(versionInfo(version)).toEqual(expected);
  });

  it.each([['.'], ['..'], [' Latest '], ['a/b'], ['a\nb'], ['a\tb'], ['a\fb'], ['x'.repeat(201)], ['ü'.repeat(101)]])(
    'tells nothing about %j',
    (version) => {
      expect(versionInfo(version)).toBeNull();
    },
  );

  it('never throws, and always has a description', () => {
    const part = fc.stringMatching(/^[0-9a-fA-F.+\-@ z]{0,30}$/);
    fc.assert(
      fc.property(
        fc.oneof(
          fc.string(),
          part,
          fc.tuple(part, part).map(([name, version]) => `${name}@${version}`),
        ),
        (version) => {
          const told = versionInfo(version);
          expect(told === null || told.description.length <= version.length + 3).toBe(true);
          expect(JSON.parse(JSON.stringify(told))).toEqual(told);
          semanticVersion(version);
        },
      ),
      { numRuns: 2_000 },
    );
  });
});

describe('the semantic version', () => {
  it.each([
    ['org.example.FooApp@1.0rc1+20200101100', [1n, 0n, 0n, 0n, 'rc1', '20200101100', 20200101100n]],
    [
      'org.example.FooApp@1.0rc1+202001011005464576758979789794566455464746',
      [1n, 0n, 0n, 0n, 'rc1', '202001011005464576758979789794566455464746', null],
    ],
    ['org.example.FooApp@1.0+whatever', [1n, 0n, 0n, 0n, '', 'whatever', null]],
    ['fake_package@1.0.0-rc.1+43', [1n, 0n, 0n, 0n, 'rc.1', '43', 43n]],
    ['app@9223372036854775807.2.3.4', [9223372036854775807n, 2n, 3n, 4n, '', null, null]],
  ])('is found in %s', (version, [major, minor, patch, revision, prerelease, buildCode, buildNumber]) => {
    expect(semanticVersion(version)).toEqual({
      package: version.split('@', 1)[0],
      ...{ major, minor, patch, revision, prerelease, buildCode, buildNumber },
    });
  });

  it.each([['alpha@helloworld'], ['1.0.0'], ['org.example.FooApp@9223372036854775808.1.2.3-r1+12345'], ['latest']])(
    'is not in %s',
    (version) => {
      expect(semanticVersion(version)).toBeNull();
    },
  );
});
