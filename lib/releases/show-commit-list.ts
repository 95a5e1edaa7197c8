import type { App } from '../platform/app.ts';
import { epochSeconds } from '../platform/clock.ts';
import { NotFoundError, UnavailableError } from '../platform/errors.ts';
import { happened } from '../platform/happened.ts';
import { pauseWithJitter } from '../platform/retry-pause.ts';
import {
  type Condition,
  ConditionFailedError,
  type Key,
  type UpdateExpression,
  type WriteAction,
} from '../platform/table.ts';
import { forgetAfterSeconds, forgetWrites, keepWrites, listItems } from './commit-list-store.ts';
import { messages } from './messages.ts';
import type { CommitList, Release } from './release-record.ts';
import { releaseKey, releaseOf } from './release-store.ts';

/** Each failed attempt means that another build's list became visible; fifty builds at once are no exception. */
const maxAttempts = 100;
/** The more others there are, the longer it pays to let them pass. */
const pauseMs = { step: 10, longest: 300 };
/** The release itself holds them, beside much else. */
const maxHeads = 100;
/** As many builds at once as one is expected to clean up after. */
const maxReplaced = 100;

/** A list and the commits that become the newest of their repositories where there are none yet. */
export interface ShownList {
  readonly list: CommitList;
  readonly commits: readonly { readonly repositoryId: string; readonly id: string }[];
  readonly heads: Readonly<Record<string, string>>;
  /** The fetching that found the commits; absent when somebody says that they are these. */
  readonly fetchId?: string | undefined;
}

/**
 * Stores a list under its own generation and then makes it visible, together with all that the release tells of it, in one
 * transaction that turns the pointer: readers see all of the old list or all of the new one. Of two builds at the same time
 * the later turn wins whole. A fetching that the release does not wait for any more turns nothing, and undefined is given.
 * @throws NotFoundError when the release is gone
 */
export async function showCommitList(
  app: Pick<App, 'table' | 'clock'>,
  release: Release,
  { list, commits, heads, fetchId }: ShownList,
): Promise<Release | undefined> {
  const { table } = app;
  const expiresAt = epochSeconds(app.clock) + forgetAfterSeconds;
  const items = listItems({ releaseId: release.id, generation: list.generation, expiresAt }, commits);
  await table.batchWrite(items.map((put) => ({ put })));
  let standing = release;
  for (let attempt = 0; attempt < maxAttempts; attempt += 1) {
    if (attempt > 1) await pauseWithJitter(Math.min(pauseMs.longest, pauseMs.step * attempt));
    const shown = replacing(standing, { list, fetchId });
    const fresh = newHeads(standing, heads);
    try {
      await table.write(turnWrites(standing, { shown, heads: fresh, fetchId, expiresAt }));
      const { fetchId: waitedFor, ...rest } = standing;
      const kept = fetchId === undefined || waitedFor === undefined ? rest : { ...rest, fetchId: waitedFor };
      return { ...kept, commitList: shown, heads: { ...fresh, ...standing.heads } };
    } catch (error) {
      standing = standingAfter(error, release);
      if (fetchId !== undefined && standing.fetchId !== fetchId) return undefined;
      // Another build of the very same list was quicker: its turn is as good as one of ours.
      if (standing.commitList?.hash === list.hash) return standing;
    }
  }
  throw new UnavailableError(messages.tooBusy, 1);
}

/** The list as the release shows it, with those that it replaces. */
function replacing(
  { commitList: replaced }: Release,
  { list, fetchId }: Pick<ShownList, 'list' | 'fetchId'>,
): CommitList {
  return {
    ...list,
    ...(fetchId !== undefined && { fetchId }),
    ...(replaced !== undefined && { replaced: openLists(replaced) }),
  };
}

interface Turn extends Pick<ShownList, 'heads' | 'fetchId'> {
  readonly shown: CommitList;
  /** When the list that is replaced is forgotten. */
  readonly expiresAt: number;
}

/** The transaction that turns the pointer, unless somebody has turned it since `standing` was read. */
function turnWrites(standing: Release, { shown, heads, fetchId, expiresAt }: Turn): WriteAction[] {
  const { id, commitList: replaced } = standing;
  return [
    {
      update: releaseKey(standing),
      set: setList(shown, heads, fetchId),
      onlyIf: {
        expression: [
          '#id = :id',
          replaced === undefined ? 'attribute_not_exists(#commitList)' : '#commitList.#generation = :replaced',
          ...(fetchId === undefined ? [] : ['#fetchId = :fetchId']),
        ].join(' AND '),
        names: { '#id': 'id', ...(replaced !== undefined && { '#generation': 'generation' }) },
        values: {
          ':id': id,
          ...(replaced !== undefined && { ':replaced': replaced.generation }),
          ...(fetchId !== undefined && { ':fetchId': fetchId }),
        },
      },
    },
    ...keepWrites(id, shown.generation, shown.chunks),
    ...(replaced === undefined ? [] : forgetWrites(id, replaced, expiresAt)),
  ];
}

/** The release as it stands after somebody else was quicker. @throws NotFoundError, UnavailableError, or what else went wrong */
function standingAfter(error: unknown, release: Release): Release {
  if (!(error instanceof ConditionFailedError)) throw error;
  const [now] = error.failed;
  if (now === undefined) throw new UnavailableError(messages.tooBusy, 1, { cause: error });
  if (now === true || releaseOf(now).id !== release.id) throw new NotFoundError(messages.releaseNotFound);
  return releaseOf(now);
}

/** The list that is replaced, and those before it from which it was to free the commits and did not come to it. */
export function openLists({
  generation,
  count,
  finished,
  replaced = [],
}: CommitList): NonNullable<CommitList['replaced']> {
  return [{ generation, count }, ...(finished ? [] : replaced)].slice(0, maxReplaced);
}

/** Notes that all that follows from a list has been done, as long as it is still the visible one. */
export async function finishCommitList(app: Pick<App, 'table'>, release: Release): Promise<Release> {
  const { commitList } = release;
  if (commitList === undefined) return release;
  const { check: key, onlyIf } = checkShown(release, commitList);
  const set = {
    expression: 'SET #commitList.#finished = :finished',
    names: { '#commitList': 'commitList', '#finished': 'finished' },
    values: { ':finished': true },
  };
  // When it does not happen, another build's list is visible by now, and that build sees to what follows from it.
  await happened(app.table.update(key, set, onlyIf));
  return { ...release, commitList: { ...commitList, finished: true } };
}

/** The step of a transaction that makes sure that a list is still the visible one. */
export function checkShown(release: Release, { generation }: CommitList): { check: Key; onlyIf: Condition } {
  return {
    check: releaseKey(release),
    onlyIf: {
      expression: '#commitList.#generation = :generation',
      names: { '#commitList': 'commitList', '#generation': 'generation' },
      values: { ':generation': generation },
    },
  };
}

/** Those of repositories that the release knows no head of, as long as there is room for them. */
function newHeads({ heads: known }: Release, heads: Readonly<Record<string, string>>): Record<string, string> {
  const fresh = Object.entries(heads).filter(([name]) => !Object.hasOwn(known, name));
  return Object.fromEntries(fresh.slice(0, Math.max(0, maxHeads - Object.keys(known).length)));
}

/** The heads that are known stay as they are. */
function setList(
  list: CommitList,
  heads: Readonly<Record<string, string>>,
  fetchId: string | undefined,
): UpdateExpression {
  const named = Object.entries(heads).map(([name, id], index) => ({ name, id, at: index }));
  return {
    expression: [
      [
        'SET #commitList = :commitList',
        ...named.map(({ at }) => `#heads.#head${at} = if_not_exists(#heads.#head${at}, :head${at})`),
      ].join(', '),
      ...(fetchId === undefined ? ['REMOVE #fetchId'] : []),
    ].join(' '),
    names: {
      '#commitList': 'commitList',
      '#fetchId': 'fetchId',
      ...(named.length > 0 && { '#heads': 'heads' }),
      ...Object.fromEntries(named.map(({ name, at }) => [`#head${at}`, name])),
    },
    values: { ':commitList': list, ...Object.fromEntries(named.map(({ id, at }) => [`:head${at}`, id])) },
  };
}
