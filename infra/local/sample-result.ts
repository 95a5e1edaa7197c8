import * as z from 'zod';

/** What the admin function gave while the sample data was made, and nobody could know before. */
export const sampleResultSchema = z.object({
  projects: z.array(z.object({ slug: z.string(), id: z.string(), dsn: z.string() })),
  token: z.string(),
  orgToken: z.string(),
});

/** The identifiers and tokens of the sample data. */
export type SampleResult = z.output<typeof sampleResultSchema>;
