import * as z from 'zod';

/** The longest slug. */
export const maxSlugLength = 50;

/** Never only digits, so that a slug cannot be taken for an ID; never a sign that keys or paths give a meaning to. */
const pattern = /^(?!\d+$)[a-z0-9_-]+$/;

/** A short name that stands in addresses. */
export const slugSchema = z
  .string()
  .max(maxSlugLength, `A slug has at most ${maxSlugLength} characters.`)
  .regex(pattern, 'Use lower-case letters, digits, hyphens and underscores, and not digits alone.');

/** Whether `text` could be a slug. */
export function isSlug(text: string): boolean {
  return text.length <= maxSlugLength && pattern.test(text);
}
