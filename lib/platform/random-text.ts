import { randomInt } from 'node:crypto';

/** Gives `length` characters of `alphabet`, each as likely as any other. A parameter of rules, so that they can be tried. */
export type RandomText = (alphabet: string, length: number) => string;

/** The digits of hexadecimal numbers. */
export const hexDigits = '0123456789abcdef';

/** Characters that nobody can foretell. */
export const randomText: RandomText = (alphabet, length) =>
  Array.from({ length }, () => alphabet[randomInt(alphabet.length)]).join('');
