import * as z from 'zod';
import { dateTimeField } from './date-time-field.ts';
import { maxEnvironmentCharacters } from './environment-store.ts';
import { linkField } from './link-field.ts';
import { messages } from './messages.ts';

const maxNameCharacters = 64;
// biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is refused here
const refusedInEnvironment = /[\n\r\f/\u0000]/;

const environmentField = z
  .string()
  .trim()
  .min(1, messages.environmentBlank)
  .refine((name) => [...name].length <= maxEnvironmentCharacters, messages.environmentTooLong)
  .refine((name) => !refusedInEnvironment.test(name) && name.isWellFormed(), messages.environmentInvalid);

const nameField = z
  .string()
  .trim()
  .refine((name) => [...name].length <= maxNameCharacters, messages.deployNameTooLong)
  .refine((name) => name.isWellFormed(), messages.notText);

/** The body for a deploy to the one project that the address names. Fields that we do not know are left alone. */
export const projectDeployBody = z.object({
  environment: environmentField,
  name: nameField.nullish(),
  url: linkField.nullish(),
  dateStarted: dateTimeField.nullish(),
  dateFinished: dateTimeField.nullish().meta({ description: 'Now, unless told.' }),
});

/** The body for a deploy to all projects of a release, or to some of them. */
export const organizationDeployBody = projectDeployBody.extend({
  projects: z
    .array(z.union([z.string(), z.int()], messages.projectsNeeded).transform(String))
    .min(1, messages.projectsNeeded)
    .optional()
    .meta({ description: 'Slugs or IDs of projects of the release; all of them, unless told.' }),
});

/** What may be said of a deploy. */
export type DeployBody = z.infer<typeof projectDeployBody> & { readonly projects?: readonly string[] | undefined };
