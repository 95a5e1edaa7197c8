import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import * as z from 'zod';
import { InvalidFieldsError, RefusalError } from '../platform/errors.ts';
import { parseInput } from '../platform/field-errors.ts';
import { headCommitsField, refsField, refsOf } from './ref-body.ts';

const body = z.object({ refs: refsField.optional(), headCommits: headCommitsField.optional() });
const parsed = (input: unknown) => refsOf(parseInput(body, input));
const errorsOf = (input: unknown): unknown => {
  try {
    parseInput(body, input);
    return undefined;
  } catch (error) {
    expect(error).toBeInstanceOf(InvalidFieldsError);
    return (error as InvalidFieldsError).fields;
  }
};

const a = 'a'.repeat(64);
const b = 'b'.repeat(64);

describe('a ref', () => {
  it.each<[string, object, object]>([
    ['a commit', { commit: a }, { commit: a, previousCommit: null }],
    ['a commit with the one before', { commit: b, previousCommit: a }, { commit: b, previousCommit: a }],
    ['a blank one before', { commit: b, previousCommit: ' ' }, { commit: b, previousCommit: null }],
    ['none before', { commit: b, previousCommit: null }, { commit: b, previousCommit: null }],
    ['a range', { commit: `${a}..${b}` }, { commit: b, previousCommit: a }],
    ['a range and one before', { commit: 'a..b', previousCommit: 'c' }, { commit: 'b', previousCommit: 'a' }],
    ['a tag', { commit: ' v1.2.3 ' }, { commit: 'v1.2.3', previousCommit: null }],
    ['what only some client knows', { commit: a, inclusive: true }, { commit: a, previousCommit: null }],
  ])('can be %s', (_, sent, wish) => {
    expect(parsed({ refs: [{ repository: 'acme/app', ...sent }] })).toEqual([{ repository: 'acme/app', ...wish }]);
  });

  it.each<[string, object, string, RegExp]>([
    ['no commit', {}, 'commit', /required/],
    ['null as the commit', { commit: null }, 'commit', /null/],
    ['a blank commit', { commit: ' ' }, 'commit', /blank/],
    ['a commit of 65 characters', { commit: `${a}a` }, 'commit', /^Commit too long - max is 64 chars/],
    ['no start', { commit: `..${a}` }, 'commit', /^Commit cannot begin or end with \.\./],
    ['no end', { commit: `${a}..` }, 'commit', /^Commit cannot begin or end with \.\./],
    ['only dots', { commit: '..' }, 'commit', /^Commit cannot begin or end with \.\./],
    ['a long start', { commit: `${a}a..b` }, 'commit', /^Start or end commit too long - max is 64 chars each/],
    ['a long end', { commit: `a..${b}b` }, 'commit', /^Start or end commit too long - max is 64 chars each/],
    ['three ends', { commit: 'a..b..c' }, 'commit', /unclear/],
    ['three dots', { commit: 'a...b' }, 'commit', /unclear/],
    ['NUL', { commit: 'a\0' }, 'commit', /text/],
    ['half a character', { commit: '\ud800' }, 'commit', /text/],
    ['a number', { commit: 7 }, 'commit', /./],
    ['a long commit before', { commit: 'a', previousCommit: `${a}a` }, 'previousCommit', /^Commit too long/],
    ['no repository', { commit: 'a', repository: undefined }, 'repository', /required/],
    ['a blank repository', { commit: 'a', repository: '' }, 'repository', /blank/],
    ['a long repository', { commit: 'a', repository: 'r'.repeat(201) }, 'repository', /200/],
    ['NUL in the repository', { commit: 'a', repository: 'r\0' }, 'repository', /text/],
  ])('with %s is refused', (_, sent, field, message) => {
    const refs = [{ repository: 'acme/app', ...sent }];
    expect(errorsOf({ refs })).toEqual({ refs: { [field]: [expect.stringMatching(message)] } });
  });

  it('is one of 100 at most, in a list', () => {
    const refs = Array.from({ length: 101 }, () => ({ repository: 'acme/app', commit: 'a' }));
    expect(errorsOf({ refs })).toEqual({ refs: [expect.stringContaining('100')] });
    expect(parsed({ refs: refs.slice(1) })).toHaveLength(100);
    expect(errorsOf({ refs: null })).toEqual({ refs: [expect.any(String)] });
    expect(errorsOf({ headCommits: null })).toEqual({ headCommits: [expect.any(String)] });
  });
});

describe('head commits', () => {
  const headCommits = [{ repository: 'acme/app', currentId: 'b', previousId: 'a' }];
  const wishes = [{ repository: 'acme/app', commit: 'b', previousCommit: 'a' }];

  it('are refs by other names, where there are no refs', () => {
    expect(parsed({ headCommits })).toEqual(wishes);
    expect(parsed({ headCommits, refs: [] })).toEqual(wishes);
    expect(parsed({ headCommits, refs: [{ repository: 'x', commit: 'y' }] })).toMatchObject([{ repository: 'x' }]);
  });

  it('clear nothing when there are none; an empty list of refs does', () => {
    expect(parsed({})).toBeUndefined();
    expect(parsed({ headCommits: [] })).toBeUndefined();
    expect(parsed({ refs: [], headCommits: [] })).toEqual([]);
  });
});

it('any list is taken or refused with 400', () => {
  const field = fc.oneof(fc.jsonValue(), fc.string({ unit: 'binary' }), fc.stringMatching(/^[ab.]{0,9}$/));
  const ref = fc.record(
    { repository: field, commit: field, previousCommit: field, currentId: field },
    { requiredKeys: [] },
  );
  fc.assert(
    fc.property(fc.record({ refs: fc.oneof(field, fc.array(ref)), headCommits: fc.array(ref) }), (sent) => {
      try {
        for (const wish of parsed(sent) ?? []) expect(wish.commit).not.toBe('');
      } catch (error) {
        expect(error).toBeInstanceOf(RefusalError);
        expect((error as RefusalError).status).toBe(400);
      }
    }),
  );
});
