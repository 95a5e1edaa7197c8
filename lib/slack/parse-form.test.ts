import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { BadRequestError } from '../platform/errors.ts';
import { parseForm } from './parse-form.ts';

const parse = (text: string) => ({ ...parseForm(Buffer.from(text)) });

describe("Slack's form", () => {
  it.each([
    ['a=1&b=2', { a: '1', b: '2' }],
    ['a=1&a=2', { a: '1' }],
    ['a=&b=2', { b: '2' }],
    ['a=&a=2', { a: '2' }],
    ['text=link+team', { text: 'link team' }],
    ['text=caf%C3%A9%20%F0%9F%98%80', { text: 'café 😀' }],
    ['text=café', { text: 'café' }],
    ['text=50%', { text: '50%' }],
    ['a=b=c', { a: 'b=c' }],
    ['__proto__=x', { ['__proto__']: 'x' }],
  ])('%j is %j', (text, form) => {
    expect(parse(text)).toEqual(form);
  });

  it.each(['', 'a', 'a=1&b', 'a=1&', '{"a":1}'])('%j is refused', (text) => {
    expect(() => parse(text)).toThrow(BadRequestError);
  });

  it('gives back what a form encoder wrote, first value first', () => {
    fc.assert(
      fc.property(fc.dictionary(fc.string({ minLength: 1 }), fc.string({ minLength: 1 }), { minKeys: 1 }), (fields) => {
        const form = parseForm(Buffer.from(new URLSearchParams(fields).toString()));
        expect(Object.entries(form).sort()).toEqual(Object.entries(fields).sort());
      }),
    );
  });
});
