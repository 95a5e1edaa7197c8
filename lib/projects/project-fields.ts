import * as z from 'zod';
import { isSlug, maxSlugLength } from '../platform/slug.ts';
import { messages } from './messages.ts';
import { isKnownPlatform } from './platforms.ts';
import { isReservedName, isReservedSlug } from './reserved-slugs.ts';

const maxNameCharacters = 50;

/** The name of a project. */
export const nameField = z
  .string()
  .trim()
  .min(1, messages.nameEmpty)
  .refine((name) => [...name].length <= maxNameCharacters, messages.nameTooLong)
  .refine((name) => name.isWellFormed(), messages.notText)
  .refine((name) => !isReservedName(name), { error: ({ input }) => messages.nameReserved(String(input)) });

/** The slug of a project, wherever it comes from. */
export const slugField = z
  .string()
  .max(maxSlugLength, messages.slugTooLong)
  .refine((slug) => slug.length > maxSlugLength || isSlug(slug) || isReservedSlug(slug), messages.slugInvalid)
  .refine((slug) => !isReservedSlug(slug), { error: ({ input }) => messages.slugReserved(String(input)) });

/** A platform that we know. */
export const platformField = z.string().refine(isKnownPlatform, messages.platformUnknown);
