import type { App } from '../platform/app.ts';
import type { Delivery } from '../platform/delivery.ts';
import type { CommitProviders } from './commit-provider.ts';
import type { FetchMessage } from './fetch-message.ts';
import { failedOutcome, fetchRefs, isOpen, type RefOutcome } from './fetch-refs.ts';
import { fetchedCommits, newestCommits } from './fetched-commits.ts';
import { messages } from './messages.ts';
import { notifyPendingDeploys, type TellDeployApp } from './notify-deploy.ts';
import type { Ref, Release } from './release-record.ts';
import { writeFetchOutcome } from './release-refs-store.ts';
import { readReleases } from './release-store.ts';
import { readRepositoriesByName } from './repository-store.ts';
import { type SetCommitsApp, setFetchedCommits } from './set-commits.ts';

/** What fetching commits needs of the outside world. */
export interface FetchCommitsApp extends SetCommitsApp, Pick<App, 'log'> {
  readonly commitProviders: CommitProviders;
}

/** The part of the time that asking for commits may take; the rest is for setting them and for saying what became of it. */
const shareForFetching = 2 / 3;
const firstDelivery: Delivery = { messageId: '', attempt: 1, lastAttempt: false, remainingMs: 180_000 };

/**
 * Fetches the commits up to the refs of a release and sets them. A message about a release that is gone, or about refs or
 * commits that others have replaced, is dropped. One repository that fails does not keep the commits of the others away;
 * the next attempt asks for what is missing and adds it to what is there. The last attempt says how it ended, and deploys
 * wait no longer.
 *
 *   providers → commits ✓ → refs ✓ → ⚡ → the message comes again: nothing is open, only deploys are told of
 *
 * @throws what a provider threw when it may answer later; the queue brings the message again
 */
export async function fetchCommits(
  app: FetchCommitsApp,
  message: FetchMessage,
  { lastAttempt, remainingMs }: Delivery = firstDelivery,
): Promise<void> {
  const deadline = AbortSignal.timeout(Math.max(0, Math.floor(remainingMs * shareForFetching)));
  const asked = await meantRelease(app, message);
  if (asked === undefined) return leaveToOthers(app, message);
  const refs = asked.refs ?? [];
  if (!refs.some(isOpen)) return notifyPendingDeploys(app, asked, { fetchComplete: true });
  const fetched = await fetchMissing(app, message, { refs, deadline });
  // It may have taken minutes: what was set in the meantime wins.
  const standing = await meantRelease(app, message);
  const set = standing && (await setFetched(app, message, standing, fetched));
  if (set === undefined) return leaveToOthers(app, message);
  const { release, outcomes } = set;
  const isCurrent = await writeFetchOutcome(
    app.table,
    release,
    message.fetchId,
    outcomes.map((outcome) => (lastAttempt ? withLastWord(outcome) : outcome.ref)),
  );
  if (!isCurrent) return leaveToOthers(app, message);
  const failed = outcomes.find(({ again }) => again !== undefined);
  // All commits that there will be are set: deploys that have waited for them are told of.
  if (failed === undefined || lastAttempt) await notifyPendingDeploys(app, release, { fetchComplete: true });
  if (failed !== undefined) throw failed.again;
}

/** The release that a message means, unless it is another one by now, or its refs or commits are. */
async function meantRelease(app: Pick<App, 'table'>, message: FetchMessage): Promise<Release | undefined> {
  const release = await standingRelease(app, message);
  return release?.fetchId === message.fetchId ? release : undefined;
}

async function standingRelease(
  app: Pick<App, 'table'>,
  { organization, version, releaseId }: FetchMessage,
): Promise<Release | undefined> {
  const [release] = await readReleases(app.table, organization, [version]);
  return release?.id === releaseId ? release : undefined;
}

/** A later fetching tells deploys of itself. Where there is none, nothing is on its way that they could wait for. */
async function leaveToOthers(app: TellDeployApp, message: FetchMessage): Promise<void> {
  const release = await standingRelease(app, message);
  if (release === undefined || release.fetchId !== undefined) return;
  await notifyPendingDeploys(app, release, { fetchComplete: true });
}

async function fetchMissing(
  app: FetchCommitsApp,
  { organization, previousVersion }: FetchMessage,
  { refs, deadline }: { readonly refs: readonly Ref[]; readonly deadline: AbortSignal },
) {
  const [repositories, [previous]] = await Promise.all([
    readRepositoriesByName(app.table, organization, [...new Set(refs.map(({ repository }) => repository))]),
    readReleases(app.table, organization, previousVersion === null ? [] : [previousVersion]),
  ]);
  const earlierHeads = previous?.heads ?? {};
  return { outcomes: await fetchRefs(app, { refs, repositories, earlierHeads, deadline }), repositories };
}

/** Sets what came, beside what came before; undefined when others have replaced it meanwhile. */
async function setFetched(
  app: FetchCommitsApp,
  { fetchId }: FetchMessage,
  release: Release,
  { outcomes, repositories }: Awaited<ReturnType<typeof fetchMissing>>,
): Promise<{ readonly release: Release; readonly outcomes: readonly RefOutcome[] } | undefined> {
  const fresh = outcomes.flatMap(({ commits }) => commits);
  if (fresh.length === 0) return { release, outcomes };
  try {
    const commits = newestCommits([...fresh, ...(await fetchedCommits(app, release, repositories))]);
    const after = await setFetchedCommits(app, { release, commits, fetchId });
    return after && { release: after, outcomes };
  } catch (error) {
    // Whoever came to commits has not got them set: the refs say so, and the next attempt asks again.
    return { release, outcomes: outcomes.map((one) => (one.commits.length > 0 ? failedOutcome(one.ref, error) : one)) };
  }
}

/** The queue does not bring the message again: nobody is told that it will be tried later. */
function withLastWord({ ref, again }: RefOutcome): Ref {
  return again === undefined ? ref : { ...ref, detail: messages.fetchGivenUp };
}
