import { createHash } from 'node:crypto';
import type { SentCommit } from './commit-body.ts';
import type { CommitFile } from './commit-file-store.ts';

/** A commit with its defaults filled in. What was not said is absent. */
export interface PreparedCommit {
  readonly id: string;
  /** Name of its repository. */
  readonly repository: string;
  readonly message?: string;
  readonly timestamp?: string;
  readonly author?: { readonly email: string; readonly name?: string };
  readonly files: readonly CommitFile[];
}

/** Commits that say so stay out of releases. */
const skipMark = '#skipsentry';
const maxAddressCharacters = 75;
/** An item has 400 KB, and a hundred of them are written together. */
const maxMessageCharacters = 50_000;

/**
 * The list that a release gets of the commits that were sent: newest first, without those that ask to be left out, each once.
 * Commits with times are in the order of their times; one without keeps its place.
 */
export function prepareCommits(sent: readonly SentCommit[], defaultRepository: string): PreparedCommit[] {
  const prepared = sent
    .filter(({ message }) => message?.includes(skipMark) !== true)
    .map((commit) => prepare(commit, defaultRepository));
  const unique = new Map<string, PreparedCommit>();
  for (const commit of newestFirst(prepared)) {
    const name = JSON.stringify([commit.repository, commit.id]);
    if (!unique.has(name)) unique.set(name, commit);
  }
  return [...unique.values()];
}

/** Tells whether two lists are the same. */
export function hashOfCommits(commits: readonly PreparedCommit[]): string {
  return createHash('sha256').update(JSON.stringify(commits)).digest('hex');
}

/** Tells whether the files of a commit are the same as before. */
export function hashOfFiles(files: readonly CommitFile[]): string {
  return createHash('sha256').update(JSON.stringify(files)).digest('base64url');
}

function prepare(sent: SentCommit, defaultRepository: string): PreparedCommit {
  const { id, repository, message, timestamp, patch_set: files } = sent;
  const author = authorOf(sent);
  return {
    id,
    repository: repository || defaultRepository,
    ...(message != null && { message: shortened(message, maxMessageCharacters) }),
    ...(timestamp != null && { timestamp }),
    ...(author && { author }),
    files: eachPathOnce(files ?? []),
  };
}

function eachPathOnce(files: readonly CommitFile[]): CommitFile[] {
  const byPath = new Map<string, CommitFile>();
  for (const file of files) if (!byPath.has(file.path)) byPath.set(file.path, file);
  return [...byPath.values()];
}

/** Who has no address gets one made of the name, so that the commits of one name stay together. */
function authorOf({ author_email: address, author_name: name }: SentCommit): PreparedCommit['author'] {
  if (!address && !name) return undefined;
  const email = address || `${name?.replace(/[^a-zA-Z0-9\-_.]/g, '')}@localhost`;
  return { email: shortened(email, maxAddressCharacters).toLowerCase(), ...(name && { name }) };
}

/** At most so many characters, the three dots included that say that something is missing. */
export function shortened(text: string, maxCharacters: number): string {
  if (text.length <= maxCharacters) return text;
  const characters = [...text];
  return characters.length <= maxCharacters ? text : `${characters.slice(0, maxCharacters - 3).join('')}...`;
}

function newestFirst(commits: readonly PreparedCommit[]): PreparedCommit[] {
  const timed = commits
    .filter(({ timestamp }) => timestamp !== undefined)
    // Times are all in one form, so that they compare as texts; sorting keeps equal ones as they are.
    .toSorted((one, other) => compareTexts(other.timestamp ?? '', one.timestamp ?? ''))
    .values();
  return commits.map((commit) => (commit.timestamp === undefined ? commit : (timed.next().value ?? commit)));
}

function compareTexts(one: string, other: string): number {
  if (one === other) return 0;
  return one < other ? -1 : 1;
}
