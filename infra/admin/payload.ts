import * as z from 'zod';

/** What the admin function gets. */
export interface AdminPayload {
  readonly command: string;
  readonly input: Readonly<Record<string, unknown>>;
}

const errorSchema = z.object({
  status: z.number(),
  detail: z.string().optional(),
  fields: z.record(z.string(), z.array(z.string())).optional(),
});

/** What the admin function answers. */
export const adminAnswerSchema = z.discriminatedUnion('ok', [
  z.object({ ok: z.literal(true), result: z.unknown() }),
  z.object({ ok: z.literal(false), error: errorSchema }),
]);

/** What the admin function answers. */
export type AdminAnswer = z.output<typeof adminAnswerSchema>;

/** Where a command goes: the running local stack, or a deployed one. */
export interface AdminTarget {
  readonly stack?: string;
  readonly region?: string;
}

/** Sends a payload to the admin function. */
export type SendToAdmin = (payload: AdminPayload, target: AdminTarget) => Promise<AdminAnswer>;
