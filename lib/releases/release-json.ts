import * as z from 'zod';
import { userJson } from '../organizations/index.ts';

// What our API shows of releases and what belongs to them. Every list and object is there even when it is empty: clients
// read some of them without asking.

/** Somebody who made a commit: a member of the organization, or whoever the commit names. */
const authorJson = z.union([userJson, z.object({ name: z.string().nullable(), email: z.string() })]);

/** Where commits come from. */
export const repositoryJson = z
  .object({
    id: z.string(),
    name: z.string(),
    url: z.string().nullable(),
    provider: z.object({ id: z.string(), name: z.string() }),
    status: z.enum(['active']),
    dateCreated: z.string(),
    integrationId: z.string().nullable(),
    externalSlug: z.string().nullable(),
    externalId: z.string().nullable(),
  })
  .meta({ id: 'Repository' });

/** What a release's name tells. Numbers beyond 2^53 are not exact; `raw` is. */
const versionInfoJson = z
  .object({
    package: z.string().nullable(),
    version: z.object({
      raw: z.string(),
      major: z.number().optional(),
      minor: z.number().optional(),
      patch: z.number().optional(),
      pre: z.string().nullable().optional(),
      buildCode: z.string().nullable().optional(),
      components: z.number().optional(),
    }),
    description: z.string(),
    buildHash: z.string().nullable(),
  })
  .meta({ id: 'VersionInfo' });

/** The release as a commit names it. */
const releaseOfCommitJson = z.object({
  version: z.string(),
  shortVersion: z.string(),
  ref: z.string().nullable(),
  url: z.string().nullable(),
  dateReleased: z.string().nullable(),
  dateCreated: z.string(),
});

/** A commit; `id` is its hash. */
export const commitJson = z
  .object({
    id: z.string(),
    message: z.string().nullable(),
    dateCreated: z.string(),
    pullRequest: z.null(),
    suspectCommitType: z.literal(''),
    repository: z.union([repositoryJson, z.object({})]),
    author: z.union([authorJson, z.object({})]),
    releases: z.array(releaseOfCommitJson),
  })
  .meta({ id: 'Commit' });

/** A file that a commit touched. */
export const commitFileJson = z
  .object({
    id: z.string(),
    orgId: z.number(),
    author: z.union([authorJson, z.object({})]),
    commitMessage: z.string().nullable(),
    filename: z.string(),
    type: z.enum(['A', 'D', 'M']),
    repoName: z.string(),
  })
  .meta({ id: 'CommitFile' });

/** A deploy; it has always finished, because clients cannot do without that time. */
export const deployJson = z
  .object({
    id: z.string(),
    environment: z.string(),
    name: z.string().nullable(),
    url: z.string().nullable(),
    dateStarted: z.string().nullable(),
    dateFinished: z.string(),
  })
  .meta({ id: 'Deploy' });

/** What became of fetching the commits up to a ref. */
const refJson = z.object({
  repository: z.string(),
  commit: z.string(),
  previousCommit: z.string().nullable(),
  fetch: z
    .enum(['pending', 'fetched', 'failed', 'no-provider', 'not-needed'])
    .meta({ description: 'Whether the commits up to this one have been fetched from the service that hosts them.' }),
  detail: z.string().nullable().meta({ description: 'Why they have not been, for people.' }),
});

/** A project as its releases show it. */
const releaseProjectJson = z.object({
  id: z.number(),
  slug: z.string(),
  name: z.string(),
  newGroups: z.number(),
  platform: z.string().nullable(),
  platforms: z.array(z.string()),
  hasHealthData: z.boolean(),
});

/** A release. Clients read `id` and the IDs of projects as numbers. */
export const releaseJson = z
  .object({
    id: z.number(),
    version: z.string(),
    status: z.enum(['open', 'archived']),
    shortVersion: z.string(),
    versionInfo: versionInfoJson.nullable(),
    ref: z.string().nullable(),
    url: z.string().nullable(),
    dateReleased: z.string().nullable(),
    dateCreated: z.string(),
    data: z.object({}),
    newGroups: z.number(),
    owner: userJson.nullable(),
    commitCount: z.number(),
    lastCommit: commitJson.nullable(),
    deployCount: z.number(),
    lastDeploy: deployJson.nullable(),
    authors: z.array(authorJson),
    projects: z.array(releaseProjectJson),
    refs: z.array(refJson).meta({
      description:
        'What `set-commits` named, in its order. Of several of one repository the last is its newest commit.',
    }),
    firstEvent: z.null(),
    lastEvent: z.null(),
    currentProjectMeta: z.record(z.string(), z.unknown()),
    userAgent: z.string().nullable(),
  })
  .meta({ id: 'Release' });

export type AuthorJson = z.infer<typeof authorJson>;
export type CommitFileJson = z.infer<typeof commitFileJson>;
export type CommitJson = z.infer<typeof commitJson>;
export type DeployJson = z.infer<typeof deployJson>;
export type ReleaseJson = z.infer<typeof releaseJson>;
export type ReleaseProjectJson = z.infer<typeof releaseProjectJson>;
export type RepositoryJson = z.infer<typeof repositoryJson>;
