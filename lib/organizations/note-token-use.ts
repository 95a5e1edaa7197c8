import type { App } from '../platform/app.ts';
import { isoTime } from '../platform/clock.ts';
import { ConditionFailedError } from '../platform/table.ts';
import type { Caller, TokenCache } from './authenticate-token.ts';
import { noteUse } from './token-store.ts';

/** Between two notes about the same token and project; a busy token is not written with every request. */
const notedEveryMs = 10 * 60_000;

/**
 * Notes that a token was used just now, and for which project, when the last note is ten minutes old or names another
 * project. The condition of the write says so; a process that remembers tokens sends it only when it may hold. Never
 * fails: whoever calls has done what the token was used for.
 */
export async function noteTokenUse(
  app: Pick<App, 'table' | 'clock' | 'log'> & { readonly tokens?: TokenCache },
  caller: Pick<Caller, 'tokenId' | 'tokenHash'>,
  { projectId }: { readonly projectId?: string | undefined } = {},
): Promise<void> {
  const now = app.clock.now();
  const known = app.tokens?.get(caller.tokenHash);
  const sameProject = projectId === undefined || projectId === known?.lastProjectId;
  const recent = known?.lastUsedAt !== undefined && now - Date.parse(known.lastUsedAt) < notedEveryMs;
  if (recent && sameProject) return;
  const use = { lastUsedAt: isoTime(now), ...(projectId !== undefined && { lastProjectId: projectId }) };
  try {
    await noteUse(app.table, caller.tokenHash, use, isoTime(now - notedEveryMs));
  } catch (error) {
    // Another process noted it a moment ago, or the token was revoked since.
    if (!(error instanceof ConditionFailedError))
      app.log.warn('the use of a token was not noted', { tokenId: caller.tokenId });
  }
  if (known !== undefined) app.tokens?.replace(caller.tokenHash, { ...known, ...use });
}
