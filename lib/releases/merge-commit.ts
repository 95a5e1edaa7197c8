import type { Commit } from './commit-store.ts';
import type { PreparedCommit } from './prepare-commits.ts';

/** Which list names the commit, in which repository, when, and how its files stand in the table. */
export interface MergeCircumstances {
  readonly organization: string;
  readonly repositoryId: string;
  /** How the commit remembers the release whose list names it. */
  readonly listing: string;
  readonly now: string;
  /** Absent when the files stay as they are. */
  readonly files?: { readonly fileSet: string; readonly chunks: number; readonly hash: string };
}

/** Answers name no more releases of a commit than this … */
const maxListings = 1_000;
/** … and an item of 400 KB has to hold their versions beside the message; characters have up to four bytes. */
const maxListingCharacters = 40_000;

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
  const fileSet = files?.fileSet ?? standing?.fileSet;
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
    ...(listedIn.size > 0 && { listedIn }),
    ...(fileSet !== undefined && { fileSet }),
    ...(fileChunks !== undefined && { fileChunks }),
    ...(filesHash !== undefined && { filesHash }),
    revision: (standing?.revision ?? 0) + 1,
  };
}

/** The commit when the list of a release names it; undefined when it is known to. */
export function withListing(standing: Commit, listing: string): Commit | undefined {
  const listedIn = listings(standing, { listing });
  return listedIn === standing.listedIn ? undefined : { ...standing, listedIn, revision: standing.revision + 1 };
}

/** The commit when the list of a release does not name it any more; undefined when it is not known to. */
export function withoutListing(standing: Commit, listing: string): Commit | undefined {
  const { listedIn, ...rest } = standing;
  if (listedIn?.has(listing) !== true) return undefined;
  const others = new Set([...listedIn].filter((one) => one !== listing));
  return { ...rest, ...(others.size > 0 && { listedIn: others }), revision: standing.revision + 1 };
}

/** The releases whose lists name the commit, this one included; the same set when it is there already. */
function listings(standing: Commit | undefined, { listing }: Pick<MergeCircumstances, 'listing'>): Set<string> {
  const known = standing?.listedIn ?? new Set<string>();
  if (known.has(listing)) return known;
  const isFull = known.size >= maxListings || [...known, listing].join().length > maxListingCharacters;
  // Beyond that the releases that it is in already are the ones that it shows.
  return isFull ? known : new Set([...known, listing]);
}
