import * as z from 'zod';

const answerSchema = z.object({
  batchItemFailures: z.array(z.object({ itemIdentifier: z.string().min(1) })).nullish(),
});

/**
 * Which messages of a batch did not go through, by what the function answered. As on AWS, an answer without a list means
 * that all went through, and one that cannot be read, or names a message that was not in the batch, that none did.
 */
export function failedMessageIds(answer: string, batch: readonly string[]): ReadonlySet<string> {
  const value: unknown = JSON.parse(answer);
  if (value === null) return new Set();
  const parsed = answerSchema.safeParse(value);
  if (!parsed.success) return new Set(batch);
  const failed = (parsed.data.batchItemFailures ?? []).map(({ itemIdentifier }) => itemIdentifier);
  return new Set(failed.every((id) => batch.includes(id)) ? failed : batch);
}
