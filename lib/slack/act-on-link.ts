import type { App } from '../platform/app.ts';
import { isoTime } from '../platform/clock.ts';
import { ConflictError } from '../platform/errors.ts';
import { ConditionFailedError, type WriteAction } from '../platform/table.ts';
import type { LinkDeed } from './link-deed.ts';
import { LinkGoneError } from './link-gone-error.ts';
import { LinkTargetGoneError } from './link-refused-errors.ts';
import { messages } from './messages.ts';
import { type ClaimableLink, claimLink, findUsedLink } from './used-link-store.ts';
import { workspaceIsActive } from './workspace-store.ts';

/** Enough for a double click and for two people at once; who loses more often than that may well try again. */
const attempts = 5;

/** What a link is about to do: the steps, none when it is to stay unused, and what to tell of it. */
export type LinkPlan<Result> =
  | { readonly steps: undefined; readonly result: Result }
  | {
      readonly steps: readonly WriteAction[];
      readonly result: Result;
      readonly deed: LinkDeed;
      /** Names of the messages of the outbox that tell of it. */
      readonly told?: readonly string[];
    };

/** Which link, and who has signed in to use it. */
export interface LinkToUse {
  readonly link: ClaimableLink;
  readonly teamId: string;
  readonly userId: string;
}

/**
 * Does what a link is for, once: its claim, the steps of the plan and the check that the workspace is still connected are
 * one transaction. The claim keeps who did what, for whoever loads the page again. A plan whose steps have been overtaken is made again from what stands there now.
 * @throws LinkGoneError when the link was used, NotFoundError when the workspace has gone, ConflictError when others keep changing the same
 */
export async function actOnLink<Result>(
  app: Pick<App, 'table' | 'clock'>,
  { link, teamId, userId }: LinkToUse,
  plan: () => Promise<LinkPlan<Result>>,
): Promise<Result> {
  let overtaken: unknown;
  for (let attempt = 0; attempt < attempts; attempt += 1) {
    const planned = await plan();
    if (planned.steps === undefined) return planned.result;
    const { steps, result, deed, told = [] } = planned;
    try {
      const claim = claimLink(link, isoTime(app.clock.now()), { userId, deed, told });
      await app.table.write([claim, workspaceIsActive(teamId), ...steps]);
      return result;
    } catch (error) {
      if (!(error instanceof ConditionFailedError)) throw error;
      const [used, gone] = error.failed;
      if (used !== undefined) {
        throw new LinkGoneError('used', { cause: error, use: (await findUsedLink(app.table, link.id))?.use });
      }
      if (gone !== undefined) throw new LinkTargetGoneError('workspace-gone', messages.workspaceGone, { cause: error });
      overtaken = error;
    }
  }
  throw new ConflictError(messages.changedMeanwhile, { cause: overtaken });
}
