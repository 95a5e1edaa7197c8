import type { App } from '../platform/app.ts';
import { isoTime } from '../platform/clock.ts';
import { ConflictError } from '../platform/errors.ts';
import { ConditionFailedError, type WriteAction } from '../platform/table.ts';
import { LinkGoneError } from './link-gone-error.ts';
import { LinkTargetGoneError } from './link-refused-errors.ts';
import { messages } from './messages.ts';
import { type ClaimableLink, claimLink } from './used-link-store.ts';
import { workspaceIsActive } from './workspace-store.ts';

/** Enough for a double click and for two people at once; who loses more often than that may well try again. */
const attempts = 5;

/** What a link is about to do: the steps, none when it is to stay unused, and what to tell of it. */
export interface LinkPlan<Result> {
  readonly steps: readonly WriteAction[] | undefined;
  readonly result: Result;
}

/**
 * Does what a link is for, once: its claim, the steps of the plan and the check that the workspace is still connected are
 * one transaction. A plan whose steps have been overtaken is made again from what stands there now.
 * @throws LinkGoneError when the link was used, NotFoundError when the workspace has gone, ConflictError when others keep changing the same
 */
export async function actOnLink<Result>(
  app: Pick<App, 'table' | 'clock'>,
  { link, teamId }: { readonly link: ClaimableLink; readonly teamId: string },
  plan: () => Promise<LinkPlan<Result>>,
): Promise<Result> {
  let overtaken: unknown;
  for (let attempt = 0; attempt < attempts; attempt += 1) {
    const { steps, result } = await plan();
    if (steps === undefined) return result;
    try {
      await app.table.write([claimLink(link, isoTime(app.clock.now())), workspaceIsActive(teamId), ...steps]);
      return result;
    } catch (error) {
      if (!(error instanceof ConditionFailedError)) throw error;
      const [used, gone] = error.failed;
      if (used !== undefined) throw new LinkGoneError('used', { cause: error });
      if (gone !== undefined) throw new LinkTargetGoneError('workspace-gone', messages.workspaceGone, { cause: error });
      overtaken = error;
    }
  }
  throw new ConflictError(messages.changedMeanwhile, { cause: overtaken });
}
