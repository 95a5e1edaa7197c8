import * as z from 'zod';
import { commitsField } from './commit-body.ts';
import { dateTimeField } from './date-time-field.ts';
import { linkField } from './link-field.ts';
import { messages } from './messages.ts';
import { headCommitsField, refsField } from './ref-body.ts';
import { maxProjectsOfRelease } from './save-release.ts';
import { versionField } from './version-field.ts';

/** As many as a release can have. */
const maxProjects = maxProjectsOfRelease;
const maxRefCharacters = 200;
const maxOwnerLength = 254;

/** Lengths are counted in characters as people count them, not in UTF-16 units. */
const refField = z
  .string()
  .trim()
  .refine((ref) => [...ref].length <= maxRefCharacters, messages.refTooLong)
  .refine((ref) => ref.isWellFormed(), messages.notText);

const ownerField = z
  .union([z.string().trim(), z.number()], messages.ownerUnknown)
  .transform(String)
  .refine((owner) => owner.length <= maxOwnerLength, messages.ownerUnknown);

/** What may be said of a release whether it is new or not. */
const described = {
  ref: refField.nullish(),
  url: linkField.nullish(),
  dateReleased: dateTimeField.nullish(),
  status: z
    .enum(['open', 'archived'], {
      error: ({ input }) => (input === undefined ? undefined : messages.statusInvalid(input)),
    })
    .optional(),
  commits: commitsField.optional(),
  refs: refsField.optional(),
  headCommits: headCommitsField.optional(),
};

/**
 * The body for a release of one project, which the address names. Fields that we do not know are left alone, as the
 * clients expect: each sends some of its own.
 */
export const projectReleaseBody = z.object({
  version: versionField,
  ...described,
  dateStarted: dateTimeField.nullish(),
  owner: ownerField.nullish(),
});

/** The body that changes a release: what is left out stays, and null clears. */
export const releaseUpdateBody = z.object(described);

/** The body for a release of several projects, each named by slug or ID. */
export const organizationReleaseBody = projectReleaseBody.extend({
  projects: z
    .array(z.union([z.string(), z.int()], messages.projectsNeeded).transform(String))
    .max(maxProjects, messages.tooManyProjects(maxProjects)),
});

/** What may be said of a release when it is changed. */
export type ReleaseUpdateBody = z.infer<typeof releaseUpdateBody>;

/** What may be said of a release when it is created. */
export type ReleaseBody = z.infer<typeof projectReleaseBody> & { readonly projects?: readonly string[] };
