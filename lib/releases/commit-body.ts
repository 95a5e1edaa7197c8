import * as z from 'zod';
import { maxCommits } from './commit-list-store.ts';
import { dateTimeField } from './date-time-field.ts';
import { messages } from './messages.ts';
import { nameField } from './name-field.ts';

const maxIdCharacters = 64;
const maxRepositoryCharacters = 64;
const maxAuthorNameCharacters = 128;
const maxAuthorEmailCharacters = 75;
const maxPathCharacters = 510;
const maxFilesOfCommit = 20_000;

/** Lengths are counted in characters as people count them; half a character is none. */
function textOf(maxCharacters: number) {
  return z
    .string()
    .refine(
      (text) => text.length <= maxCharacters || [...text].length <= maxCharacters,
      messages.tooLong(maxCharacters),
    )
    .refine((text) => text.isWellFormed() && !text.includes('\u0000'), messages.notText);
}

const fileField = z.object({
  path: textOf(maxPathCharacters).refine((path) => path !== '', messages.pathBlank),
  type: z.enum(['A', 'D', 'M'], {
    error: ({ input }) => (input === undefined ? undefined : messages.patchTypeUnknown(input)),
  }),
});

/** One commit as clients send it; everything but its ID may be missing or null. */
export const commitField = z.object({
  id: textOf(maxIdCharacters)
    .refine((id) => id !== '', messages.commitIdBlank)
    .regex(/^[\x20-\x7e]*$/, messages.commitIdOdd),
  // Named as in refs and where repositories are made, so that all of them mean the same one.
  repository: nameField(maxRepositoryCharacters, messages.tooLong(maxRepositoryCharacters)).nullish(),
  message: z
    .string()
    .transform((text) => text.toWellFormed())
    .nullish(),
  author_name: textOf(maxAuthorNameCharacters).nullish(),
  author_email: textOf(maxAuthorEmailCharacters).nullish(),
  timestamp: dateTimeField.nullish(),
  patch_set: z.array(fileField).max(maxFilesOfCommit, messages.tooManyFiles(maxFilesOfCommit)).nullish(),
});

/** The commits of a release, newest first unless their times say otherwise. */
export const commitsField = z.array(commitField).max(maxCommits, messages.tooManyCommits(maxCommits));

/** A commit as a client, or a provider, tells it. Times are ISO 8601 in UTC. */
export type SentCommit = z.infer<typeof commitField>;
