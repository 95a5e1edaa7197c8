import { describe, expect, it } from 'vitest';
import * as z from 'zod';
import { BadRequestError, type FieldErrors, InvalidFieldsError } from './errors.ts';
import { mergeFieldErrors, parseInput } from './field-errors.ts';

const schema = z.strictObject({
  version: z.string('A text is needed.').min(1, 'It must not be empty.'),
  commits: z.array(z.object({ id: z.string('This field is required.') })).optional(),
});

function refusal(input: unknown): unknown {
  try {
    return parseInput(schema, input);
  } catch (error) {
    return error;
  }
}

describe('what is wrong by the one and the other', () => {
  const all = { a: ['one'], b: ['two'] };
  it.each<[FieldErrors, FieldErrors, FieldErrors]>([
    [{ a: ['one'] }, { b: ['two'] }, all],
    [all, {}, all],
    [{}, all, all],
    [{ a: ['one', 'two'] }, { a: ['two', 'three'] }, { a: ['one', 'two', 'three'] }],
    [{ a: { b: ['one'] } }, { a: ['two'] }, { a: { b: ['one'], nonFieldErrors: ['two'] } }],
    [{ a: ['two'] }, { a: { b: { c: ['one'] } } }, { a: { nonFieldErrors: ['two'], b: { c: ['one'] } } }],
    [{ a: { b: { c: ['one'] } } }, { a: { b: { c: ['two'] } } }, { a: { b: { c: ['one', 'two'] } } }],
  ])('of %j and %j is %j', (one, other, both) => {
    expect(mergeFieldErrors(one, other)).toEqual(both);
  });
});

describe('parsing an input', () => {
  it('gives a fresh, typed value', () => {
    expect(parseInput(schema, { version: '1' })).toEqual({ version: '1' });
  });

  it.each([
    [{}, { version: ['A text is needed.'] }],
    [
      { version: '', commits: [{ id: '1' }, {}, {}] },
      { version: ['It must not be empty.'], commits: { id: ['This field is required.'] } },
    ],
    [{ version: '1', commits: [3] }, { commits: [expect.any(String)] }],
    [{ version: '1', extra: 1 }, { extra: [expect.any(String)] }],
  ])('reports %j by field, without positions in lists', (input, fields) => {
    const error = refusal(input);
    expect(error).toBeInstanceOf(InvalidFieldsError);
    expect({ ...(error as InvalidFieldsError).fields }).toEqual(fields);
  });

  it('says plainly what is missing, null or too much, where the schema says nothing', () => {
    const plain = z.strictObject({
      name: z.string(),
      url: z.string(),
      kind: z.enum(['a']),
      either: z.union([z.string(), z.number()]),
    });
    const error = (() => {
      try {
        return parseInput(plain, { url: null, either: null, extra: 1 });
      } catch (refused) {
        return refused;
      }
    })();
    expect({ ...(error as InvalidFieldsError).fields }).toEqual({
      name: ['This field is required.'],
      url: ['This field may not be null.'],
      kind: ['This field is required.'],
      either: ['This field may not be null.'],
      extra: ['There is no such field.'],
    });
  });

  it('says how a field is written that only looks like another', () => {
    const { fields } = refusal({ version: '1', Version: '2', VER_SION: '3', versions: '4' }) as InvalidFieldsError;
    const meant = ['There is no such field. Did you mean version?'];
    expect({ ...fields }).toEqual({ Version: meant, VER_SION: meant, versions: ['There is no such field.'] });
  });

  it.each([[null], ['text'], [[]]])('refuses %j as a whole', (input) => {
    expect(refusal(input)).toBeInstanceOf(BadRequestError);
  });

  it('is not fooled by names that every object has', () => {
    const odd = z.strictObject({});
    expect(() => parseInput(odd, JSON.parse('{"__proto__": 1, "constructor": 2}'))).toThrow(InvalidFieldsError);
  });
});
