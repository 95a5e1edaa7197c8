import { expect, it } from 'vitest';
import { hexDigits, randomText } from './random-text.ts';

it('a random text has the length and the characters that are asked for, all of them in the long run', () => {
  expect(randomText(hexDigits, 0)).toBe('');
  expect(randomText(hexDigits, 32)).toMatch(/^[0-9a-f]{32}$/);
  expect(new Set(randomText('abc', 1_000))).toEqual(new Set('abc'));
});
