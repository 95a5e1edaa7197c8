import { randomUUID } from 'node:crypto';
import type { App } from '../platform/app.ts';
import { isoTime } from '../platform/clock.ts';
import { NotFoundError, UnavailableError } from '../platform/errors.ts';
import { orRefuse } from '../platform/or-refuse.ts';
import type { Queue } from '../platform/queue.ts';
import { providerNamed } from './commit-provider.ts';
import { commitName, commitWrite, readCommits, writeCommits } from './commit-store.ts';
import type { FetchMessage } from './fetch-message.ts';
import { messages } from './messages.ts';
import { findPreviousRelease } from './previous-release.ts';
import type { RefWish } from './ref-body.ts';
import type { Ref, Release, Repository } from './release-record.ts';
import { writeRefs } from './release-refs-store.ts';

/** What setting refs needs. */
export interface SetRefsApp extends Pick<App, 'table' | 'clock'> {
  /** The services that this installation can fetch commits from. */
  readonly providers: ReadonlySet<string>;
  readonly fetches: Queue<FetchMessage>;
}

/** Which refs a release gets. */
export interface RefsRequest {
  readonly release: Release;
  readonly refs: readonly RefWish[];
  /** Every repository that the refs name, by name. */
  readonly repositories: ReadonlyMap<string, Repository>;
  /** False when the same request brings the commits itself. */
  readonly fetch: boolean;
  readonly userId?: string | undefined;
}

const maxAttempts = 5;

/**
 * Gives a release its refs and the heads of their repositories, and has the commits in between fetched.
 *
 *   commits ✓ → release ✓ → ⚡ → the client asks again: the same once more, under a new fetch ID
 *
 * @throws NotFoundError when the release is gone
 */
export async function setRefs(app: SetRefsApp, request: RefsRequest): Promise<Release> {
  const { release, refs: wishes, repositories, fetch, userId } = request;
  await keepCommits(app, release.organization, wishes, repositories);
  const refs = wishes.map((wish): Ref => ({ ...wish, ...fetchStateOf(wish, repositories, fetch, app.providers) }));
  const heads = new Map(wishes.map(({ repository, commit }) => [repository, commit]));
  const fetchId = randomUUID();
  const after = await orRefuse(
    writeRefs(app.table, release, { refs, heads, fetchId }),
    (why) => new NotFoundError(messages.releaseNotFound, why),
  );
  if (refs.some((ref) => ref.fetch === 'pending')) {
    const { organization, version, id: releaseId } = release;
    const previous = await findPreviousRelease(app, release);
    const previousVersion = previous?.version ?? null;
    await app.fetches.send([
      { organization, version, releaseId, fetchId, previousVersion, ...(userId !== undefined && { userId }) },
    ]);
  }
  return after;
}

function fetchStateOf(
  { repository }: RefWish,
  repositories: ReadonlyMap<string, Repository>,
  fetch: boolean,
  providers: ReadonlySet<string>,
): Pick<Ref, 'fetch' | 'detail'> {
  if (!fetch) return { fetch: 'not-needed', detail: null };
  const provider = repositories.get(repository)?.provider;
  if (provider === undefined) return { fetch: 'no-provider', detail: messages.noProvider(repository) };
  const name = providerNamed(provider);
  if (providers.has(name)) return { fetch: 'pending', detail: null };
  return { fetch: 'no-provider', detail: messages.providerNotSetUp(name) };
}

/** Commits that nobody has told of yet are known by their ID alone. */
async function keepCommits(
  app: Pick<App, 'table' | 'clock'>,
  organization: string,
  refs: readonly RefWish[],
  repositories: ReadonlyMap<string, Repository>,
): Promise<void> {
  const addresses = new Map(
    refs.map(({ repository, commit: id }) => {
      const address = { organization, repositoryId: repositories.get(repository)?.id ?? '', id };
      return [commitName(address), address];
    }),
  );
  const dateCreated = isoTime(app.clock.now());
  for (let attempt = 0; attempt < maxAttempts; attempt += 1) {
    const known = await readCommits(app.table, [...addresses.values()], { consistent: true });
    const writes = [...addresses]
      .filter(([name]) => !known.has(name))
      .map(([, address]) => commitWrite(undefined, { ...address, message: null, dateCreated, revision: 1 }));
    if (writes.length === 0 || (await writeCommits(app.table, writes))) return;
  }
  throw new UnavailableError(messages.tooBusy, 1);
}
