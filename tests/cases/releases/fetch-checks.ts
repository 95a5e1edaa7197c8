import * as z from 'zod';
import { type Checks, check } from './checks.ts';
import { holds, same } from './compare.ts';
import { storedRelease } from './look.ts';

const job = z.strictObject({
  refs: z
    .array(z.strictObject({ repository: z.string(), commit: z.string(), previousCommit: z.string().nullish() }))
    .optional(),
  prev_release: z.string().nullish(),
  release: z.string().optional(),
  user: z.string().optional(),
});

/** What is to be fetched from providers: the queue says of which release, and the release up to which refs. */
export const fetchChecks: Checks = {
  fetch_commits_job: check(z.union([job, z.null()]), async ({ world, version }, expected) => {
    const messages = world.app.fetches.takeAll();
    if (expected === null) return same(messages, []);
    const { refs, prev_release: previous, release, user } = expected;
    const message = messages.at(-1);
    holds(message, {
      version: release ?? version,
      ...(previous !== undefined && { previousVersion: previous }),
      ...(user !== undefined && { userId: world.memberId }),
    });
    if (refs === undefined) return;
    const stored = await storedRelease(world, message?.version);
    holds(stored?.refs, refs);
    same(message?.fetchId, stored?.fetchId);
  }),
};
