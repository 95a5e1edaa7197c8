import { type Commit, listIn, listingOf } from './commit-store.ts';
import type { PreparedCommit } from './prepare-commits.ts';

/** Which list names the commit, in which repository, when, and how its files stand in the table. */
export interface MergeCircumstances {
  readonly organization: string;
  readonly repositoryId: string;
  readonly generation: string;
  readonly version: string;
  /** The list that is visible now, whose mark has to stay. */
  readonly visibleGeneration: string | undefined;
  readonly now: string;
  /** Absent when the files stay as they are. */
  readonly files?: { readonly chunks: number; readonly hash: string };
}

/** Lists of one release that never became visible, or no longer are, are kept in mind up to this many. */
const maxListingsOfVersion = 100;
/** Answers name no more releases of a commit than this. */
const maxListings = 1_000;

/**
 * The commit with what was said of it now: what was said before stays unless it is said again. Undefined when nothing is
 * new, so that nothing has to be written.
 */
export function mergeCommit(
  standing: Commit | undefined,
  sent: PreparedCommit,
  circumstances: MergeCircumstances,
): Commit | undefined {
  const { organization, repositoryId, now, files } = circumstances;
  const message = sent.message ?? standing?.message ?? null;
  const dateCreated = sent.timestamp ?? standing?.dateCreated ?? now;
  const authorEmail = sent.author?.email ?? standing?.authorEmail;
  const listedIn = listings(standing, circumstances);
  const fileChunks = files?.chunks ?? standing?.fileChunks;
  const filesHash = files?.hash ?? standing?.filesHash;
  const same =
    standing !== undefined &&
    message === standing.message &&
    dateCreated === standing.dateCreated &&
    authorEmail === standing.authorEmail &&
    filesHash === standing.filesHash &&
    listedIn === standing.listedIn;
  if (same) return undefined;
  return {
    organization,
    repositoryId,
    id: sent.id,
    message,
    dateCreated,
    ...(authorEmail !== undefined && { authorEmail }),
    ...(listedIn !== undefined && { listedIn }),
    ...(fileChunks !== undefined && { fileChunks }),
    ...(filesHash !== undefined && { filesHash }),
    revision: (standing?.revision ?? 0) + 1,
  };
}

/** The lists that name the commit, this one included; the same set when it is there already. */
function listings(
  standing: Commit | undefined,
  { generation, version, visibleGeneration }: MergeCircumstances,
): Set<string> | undefined {
  const known = standing?.listedIn;
  const listing = listingOf({ generation, version });
  if (known === undefined) return new Set([listing]);
  if (known.has(listing)) return known;
  const ofVersion = [...known].filter((one) => listIn(one).version === version);
  const dropped =
    ofVersion.length < maxListingsOfVersion
      ? []
      : ofVersion.filter((one) => listIn(one).generation !== visibleGeneration);
  const kept = [...known].filter((one) => !dropped.includes(one));
  return kept.length >= maxListings ? known : new Set([...kept, listing]);
}
