import { serializeUser } from '../organizations/index.ts';
import type { AuthorJson, CommitJson, RepositoryJson } from './release-json.ts';
import type { Author, Release, Repository } from './release-record.ts';
import { hostOf } from './repository-host.ts';

/** What a commit shows, wherever it was read from. */
export interface ShownCommit {
  readonly id: string;
  readonly message: string | null;
  readonly dateCreated: string;
  readonly repository: Repository | undefined;
  readonly author?: Author | undefined;
}

/** Shows a repository. */
export function serializeRepository(repository: Repository): RepositoryJson {
  const { id, name, provider, createdAt } = repository;
  return {
    id,
    name,
    ...hostOf(repository),
    status: 'active',
    dateCreated: createdAt,
    integrationId: null,
    externalSlug: provider === undefined ? null : name,
    externalId: null,
  };
}

/** Shows who made a commit: a member, or whoever the commit names. */
export function serializeAuthor({ email, name, userId }: Author): AuthorJson {
  return userId === undefined ? { name, email } : serializeUser({ userId, name: name ?? email, email });
}

/** Shows a commit with the releases that have it. */
export function serializeCommit(commit: ShownCommit, releases: readonly Release[]): CommitJson {
  return {
    id: commit.id,
    message: commit.message,
    dateCreated: commit.dateCreated,
    pullRequest: null,
    suspectCommitType: '',
    repository: commit.repository === undefined ? {} : serializeRepository(commit.repository),
    author: commit.author === undefined ? {} : serializeAuthor(commit.author),
    releases: releases.map(({ version, ref, url, dateReleased, dateAdded }) => ({
      version,
      shortVersion: version,
      ref: ref ?? null,
      url: url ?? null,
      dateReleased: dateReleased ?? null,
      dateCreated: dateAdded,
    })),
  };
}
