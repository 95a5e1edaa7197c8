import * as z from 'zod';
import { messages } from './messages.ts';
import { isNoText, nameField } from './name-field.ts';

/** A repository and the commit up to which a release has its work. */
export interface RefWish {
  readonly repository: string;
  readonly commit: string;
  /** Where the release before it ended; null when the client does not know. */
  readonly previousCommit: string | null;
}

/** As many as a release can name; each may cost a request to the service that hosts the repository. */
const maxRefs = 100;
const maxCommitCharacters = 64;
/** What a repository's name has at most. */
export const maxRepositoryCharacters = 200;
const maxHeadRepositoryCharacters = 64;

/** The name of a repository, of so many characters at most. */
export function repositoryNameField(most: number) {
  return nameField(most, messages.refRepositoryTooLong(most)).min(1, messages.refPartBlank);
}

/** One commit, or `start..end`. */
const commitField = z
  .string()
  .trim()
  .min(1, messages.refPartBlank)
  .superRefine((commit, context) => {
    const message = commitProblem(commit);
    if (message !== undefined) context.addIssue({ code: 'custom', message });
  });

const previousField = nameField(maxCommitCharacters, messages.commitTooLong).nullish();

/** The refs of a release: a commit or a range of each repository. */
export const refsField = z
  .array(
    z
      .object({
        repository: repositoryNameField(maxRepositoryCharacters),
        commit: commitField,
        previousCommit: previousField,
      })
      .transform(({ repository, commit, previousCommit }) => wishOf(repository, commit, previousCommit)),
  )
  .max(maxRefs, messages.tooManyRefs(maxRefs));

/** What older clients send instead of refs. */
export const headCommitsField = z
  .array(
    z
      .object({
        repository: repositoryNameField(maxHeadRepositoryCharacters),
        currentId: commitField,
        previousId: previousField,
      })
      .transform(({ repository, currentId, previousId }) => wishOf(repository, currentId, previousId)),
  )
  .max(maxRefs, messages.tooManyRefs(maxRefs));

/** The refs that a body names, in whichever field. An empty list clears them, undefined leaves them as they are. */
export function refsOf(body: {
  readonly refs?: readonly RefWish[] | undefined;
  readonly headCommits?: readonly RefWish[] | undefined;
}): readonly RefWish[] | undefined {
  const { refs, headCommits = [] } = body;
  return (refs === undefined || refs.length === 0) && headCommits.length > 0 ? headCommits : refs;
}

/** A range says both ends itself, whatever else was sent as the commit before. */
function wishOf(repository: string, commit: string, previousCommit: string | null | undefined): RefWish {
  const [start = commit, end] = commit.split('..');
  return end === undefined
    ? { repository, commit, previousCommit: previousCommit || null }
    : { repository, commit: end, previousCommit: start };
}

function commitProblem(commit: string): string | undefined {
  if (isNoText(commit)) return messages.notText;
  const parts = commit.split('..');
  if (parts.length === 1) return charactersOf(commit) > maxCommitCharacters ? messages.commitTooLong : undefined;
  if (commit.startsWith('..') || commit.endsWith('..')) return messages.rangeOpen;
  // `a..b..c`, and git's `a...b`, which means something else.
  if (parts.length > 2 || parts.some((part) => part.startsWith('.') || part.trim() !== part)) {
    return messages.rangeUnclear;
  }
  return parts.some((part) => charactersOf(part) > maxCommitCharacters) ? messages.rangeTooLong : undefined;
}

/** As people count them, not in UTF-16 units. */
function charactersOf(text: string): number {
  return [...text].length;
}
