import * as z from 'zod';

/** What the charts queue carries of digests: one that is due, or one that somebody wants to see now. */
export const digestJobSchema = z.object({
  kind: z.literal('digest'),
  organization: z.string().min(1),
  digestId: z.string().min(1),
  /** When somebody asked for it; without it what is due is sent. */
  requestedAt: z.iso.datetime().optional(),
});

/** What the charts queue carries of digests. */
export type DigestJob = z.infer<typeof digestJobSchema>;
