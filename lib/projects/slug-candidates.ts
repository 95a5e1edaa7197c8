import { hexDigits, type RandomText } from '../platform/random-text.ts';
import { isSlug, maxSlugLength } from '../platform/slug.ts';
import { isReservedSlug } from './reserved-slugs.ts';

const suffixAlphabet = 'abcdefghijklmnopqrstuvwxyz0123456789';
/** How long the random endings are, in the order in which they are tried. */
const suffixLengths = [2, ...Array<number>(5).fill(3), ...Array<number>(20).fill(5), 12];
const replacementLength = 12;

/**
 * The slugs to try for a name, best first: the name itself made fit for addresses, then with ever longer random endings.
 * Random hexadecimal stands in for a name of which nothing is left, or which is reserved.
 */
export function* slugCandidates(name: string, randomText: RandomText): Generator<string> {
  const plain = slugify(name);
  const base = plain === '' || isReservedSlug(plain) ? randomText(hexDigits, replacementLength) : plain;
  if (isSlug(base)) yield base;
  for (const length of suffixLengths) {
    const candidate = `${base.slice(0, maxSlugLength - length - 1)}-${randomText(suffixAlphabet, length)}`;
    if (isSlug(candidate) && !isReservedSlug(candidate)) yield candidate;
  }
}

/** Letters without their accents, in lower case; hyphens for white space; nothing else. */
export function slugify(name: string): string {
  return name
    .normalize('NFKD')
    .toLowerCase()
    .replace(/[^a-z0-9_\s-]/g, '')
    .trim()
    .replace(/[-\s]+/g, '-')
    .slice(0, maxSlugLength)
    .replace(/^-+|-+$/g, '');
}
