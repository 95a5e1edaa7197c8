import * as z from 'zod';
import { momentIn } from '../platform/moment.ts';
import type { FetchedCommit } from './commit-provider.ts';

const person = z.object({
  name: z.string().nullish(),
  email: z.string().nullish(),
  date: z.string().nullish(),
});

/** A commit as GitHub's REST API writes it, as far as it concerns us. */
export const githubCommit = z.object({
  sha: z.string(),
  commit: z.object({ message: z.string(), author: person.nullish(), committer: person.nullish() }),
});

/** A file that changed. */
const githubFile = z.object({
  filename: z.string(),
  previous_filename: z.string().optional(),
  status: z.string(),
});

/** A page of the comparison of two commits: oldest first. */
export const githubComparison = z.object({
  total_commits: z.number(),
  commits: z.array(githubCommit),
  files: z.array(githubFile).optional(),
});

export type GithubCommit = z.infer<typeof githubCommit>;
type GithubFile = z.infer<typeof githubFile>;

const maxNameCharacters = 128;
const maxEmailCharacters = 75;
const maxPathCharacters = 510;
/** GitHub lists no more files of a comparison: a list of this length may lack some. */
const maxFiles = 300;

/** A commit in our words. What is longer than commits of ours may be is cut, or left out where a part says nothing. */
export function fetchedCommit({ sha, commit }: GithubCommit): FetchedCommit {
  const email = commit.author?.email ?? null;
  const date = commit.author?.date ?? commit.committer?.date ?? '';
  return {
    id: sha,
    message: commit.message.toWellFormed(),
    author_name: [...(commit.author?.name ?? '')].slice(0, maxNameCharacters).join('') || null,
    author_email: email !== null && [...email].length <= maxEmailCharacters ? email || null : null,
    timestamp: momentIn(date) ?? null,
    patch_set: null,
  };
}

/** What a commit did to files; null when the list is not whole. */
export function patchSetOf(files: readonly GithubFile[]): FetchedCommit['patch_set'] {
  if (files.length >= maxFiles) return null;
  return files.flatMap(changesOf).filter(({ path }) => path !== '' && [...path].length <= maxPathCharacters);
}

type Changes = NonNullable<FetchedCommit['patch_set']>;

function changesOf({ filename: path, previous_filename: before, status }: GithubFile): Changes {
  switch (status) {
    case 'added':
    case 'copied':
      return [{ path, type: 'A' }];
    case 'removed':
      return [{ path, type: 'D' }];
    case 'renamed': {
      const gone: Changes = before === undefined ? [] : [{ path: before, type: 'D' }];
      return [...gone, { path, type: 'A' }];
    }
    case 'unchanged':
      return [];
    default:
      return [{ path, type: 'M' }];
  }
}
