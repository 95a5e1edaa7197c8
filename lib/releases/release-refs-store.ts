import { happened } from '../platform/happened.ts';
import { ConditionFailedError, type Table, type WriteAction } from '../platform/table.ts';
import { forgetWrites } from './commit-list-store.ts';
import type { CommitList, Ref, Release } from './release-record.ts';
import { releaseKey, releaseOf } from './release-store.ts';

/** The refs of a release as one request sets them. */
export interface RefsChange {
  readonly refs: readonly Ref[];
  /** The newest commit by repository; other repositories keep theirs. */
  readonly heads: ReadonlyMap<string, string>;
  readonly fetchId: string;
}

/** Gives the release these refs, in place of those it had. @throws ConditionFailedError when it is gone */
export async function writeRefs(table: Table, release: Release, change: RefsChange): Promise<Release> {
  const { refs, fetchId } = change;
  const heads = [...change.heads];
  const part = (name: string, repository: string): [string, string] => [name, repository];
  await table.update(
    releaseKey(release),
    {
      expression: `SET #refs = :refs, #fetchId = :fetchId${heads.map((_, index) => `, #heads.#h${index} = :h${index}`).join('')}`,
      names: {
        '#refs': 'refs',
        '#fetchId': 'fetchId',
        ...(heads.length > 0 && { '#heads': 'heads' }),
        ...Object.fromEntries(heads.map(([repository], index) => part(`#h${index}`, repository))),
      },
      values: {
        ':refs': refs,
        ':fetchId': fetchId,
        ...Object.fromEntries(heads.map(([, commit], index) => part(`:h${index}`, commit))),
      },
    },
    onlyThis(release),
  );
  return { ...release, refs: [...refs], fetchId, heads: { ...release.heads, ...Object.fromEntries(heads) } };
}

/** Says of the refs of one fetching what became of it; `false` when a later one has taken its place. */
export async function writeFetchOutcome(
  table: Table,
  release: Release,
  fetchId: string,
  refs: readonly Ref[],
): Promise<boolean> {
  const { expression, names, values } = onlyThis(release);
  return happened(
    table.update(
      releaseKey(release),
      { expression: 'SET #refs = :refs', names: { '#refs': 'refs' }, values: { ':refs': refs } },
      {
        expression: `${expression} AND #fetchId = :fetchId`,
        names: { ...names, '#fetchId': 'fetchId' },
        values: { ...values, ':fetchId': fetchId },
      },
    ),
  );
}

/**
 * Takes refs and heads from a release and puts an empty list of commits in place of its own, unless its commits are others by now; `false` then, and the release as it
 * stands (undefined when it is gone). The old list is forgotten at `expiresAt` (Unix seconds).
 */
export async function writeCleared(
  table: Table,
  release: Release,
  empty: CommitList,
  expiresAt: number,
): Promise<{ readonly done: true } | { readonly done: false; readonly standing: Release | undefined }> {
  const list = release.commitList;
  const { expression, names, values } = onlyThis(release);
  const clear: WriteAction = {
    update: releaseKey(release),
    set: {
      expression: 'SET #heads = :none, #commitList = :empty REMOVE #refs, #fetchId',
      names: { '#heads': 'heads', '#refs': 'refs', '#fetchId': 'fetchId', '#commitList': 'commitList' },
      values: { ':none': {}, ':empty': empty },
    },
    onlyIf: {
      expression: `${expression} AND ${list === undefined ? 'attribute_not_exists(#commitList)' : '#commitList.#generation = :generation'}`,
      names: { ...names, '#commitList': 'commitList', ...(list && { '#generation': 'generation' }) },
      values: { ...values, ...(list && { ':generation': list.generation }) },
    },
  };
  try {
    await table.write([clear, ...(list === undefined ? [] : forgetWrites(release.id, list, expiresAt))]);
    return { done: true };
  } catch (error) {
    if (!(error instanceof ConditionFailedError)) throw error;
    const [standing] = error.failed;
    // Only a chunk was in the way: somebody has replaced the list in this very moment, and the next attempt sees which.
    if (standing === undefined) return { done: false, standing: release };
    return { done: false, standing: standing === true ? undefined : releaseOf(standing) };
  }
}

/** The release itself and not one that was created in its place. */
function onlyThis(release: Release) {
  return {
    expression: 'attribute_exists(pk) AND #id = :id',
    names: { '#id': 'id' },
    values: { ':id': release.id },
  } as const;
}
