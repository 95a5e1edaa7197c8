import * as z from 'zod';

/** What the queue of fetches carries: which release, and which of its fetchings. */
export const fetchMessageSchema = z.object({
  organization: z.string(),
  version: z.string(),
  /** The release that was meant: one that was created in its place since has commits of its own. */
  releaseId: z.string(),
  fetchId: z.string(),
  /** Where commits begin whose start nobody named: behind the heads of this release. */
  previousVersion: z.string().nullable(),
  /** Who asked for it, when a person did. */
  userId: z.string().optional(),
});

/** A message of the queue of fetches. */
export type FetchMessage = z.infer<typeof fetchMessageSchema>;
