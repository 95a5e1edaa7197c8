import * as z from 'zod';
import { messages } from './messages.ts';
import { nameField, platformField, slugField } from './project-fields.ts';

/** Clients send an empty text for "none" as well as null. */
const platformOrNone = z.union([z.literal(''), platformField], messages.platformUnknown).nullish();

/** The body that asks for a new project. Fields that we do not know are left alone. */
export const newProjectBody = z.object({
  name: nameField,
  slug: slugField.nullish().meta({ description: 'Made from the name unless told.' }),
  platform: platformOrNone,
  default_rules: z
    .boolean()
    .default(true)
    .meta({ description: 'Taken and without effect: projects begin without rules.' }),
});

/** The body that changes a project: what is left out stays. */
export const projectChangesBody = z.object({
  name: nameField.optional(),
  slug: slugField.optional(),
  platform: platformOrNone.meta({ description: 'null for none.' }),
  team: z.string().min(1, messages.teamEmpty).nullish().meta({ description: 'Slug; null for no team.' }),
});
