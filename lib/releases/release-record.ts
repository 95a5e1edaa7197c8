import * as z from 'zod';

/** Who made a commit, as its release remembers it. */
export const authorRecord = z.object({
  /** In lower case. */
  email: z.string(),
  name: z.string().nullable(),
  /** The member of the organization whose address it is. */
  userId: z.string().optional(),
});

/** A repository of an organization; where commits of releases come from. */
export const repositoryRecord = z.object({
  id: z.string(),
  organization: z.string(),
  name: z.string(),
  url: z.string().optional(),
  /** The service that hosts it, such as `github`. */
  provider: z.string().optional(),
  createdAt: z.string(),
});

const lastCommitRecord = z.object({
  id: z.string(),
  message: z.string().nullable(),
  dateCreated: z.string(),
  repository: repositoryRecord,
  author: authorRecord.optional(),
});

/** Which list of commits is the visible one. Whatever stands under another generation is not there for readers. */
const commitListRecord = z.object({
  generation: z.string(),
  /** Of what was sent: the same list again is no work. */
  hash: z.string(),
  count: z.number(),
  /** In how many items the list stands. */
  chunks: z.number(),
  /** As many as answers show. */
  authors: z.array(authorRecord),
  /** IDs of the members among all authors. */
  authorIds: z.array(z.string()).optional(),
  /** Absent when the list is empty. */
  lastCommit: lastCommitRecord.optional(),
  /** The list in whose place it came, and before it those that were replaced while they were not finished. */
  replaced: z.array(z.object({ generation: z.string(), count: z.number() })).optional(),
  /** Whether all that follows from the list (issues resolved) has been done. */
  finished: z.boolean(),
  /** The fetching that set it: what it fetches later is added to the list. Absent when a client sent the commits. */
  fetchId: z.string().optional(),
});

/** A repository up to a commit, as `set-commits` named it. */
const refRecord = z.object({
  repository: z.string(),
  commit: z.string(),
  previousCommit: z.string().nullable(),
  fetch: z.enum(['pending', 'fetched', 'failed', 'no-provider', 'not-needed']),
  detail: z.string().nullable(),
});

/** The newest deploy, as its release remembers it. */
export const deployRecord = z.object({
  id: z.string(),
  environment: z.string(),
  name: z.string().optional(),
  url: z.string().optional(),
  dateStarted: z.string().optional(),
  dateFinished: z.string(),
});

/** A version of something that went, or will go, into the world. */
export const releaseRecord = z.object({
  id: z.string(),
  organization: z.string(),
  version: z.string(),
  status: z.enum(['open', 'archived']),
  ref: z.string().optional(),
  url: z.string().optional(),
  dateReleased: z.string().optional(),
  dateStarted: z.string().optional(),
  ownerId: z.string().optional(),
  userAgent: z.string().optional(),
  dateAdded: z.string(),
  /** A set in the table, which knows no empty ones: absent for a release of no project. */
  projectIds: z.set(z.string()).optional(),
  /** Absent while no commits were ever set. */
  commitList: commitListRecord.optional(),
  /** The newest commit of each repository, by the repository's name; stands there from the beginning, so that parts of it can be written. */
  heads: z.record(z.string(), z.string()),
  refs: z.array(refRecord).optional(),
  /** Names one fetching of commits: a later one takes its place, and what the earlier one finds no longer counts. */
  fetchId: z.string().optional(),
  deployCount: z.number().optional(),
  lastDeploy: deployRecord.optional(),
});

export type Author = z.infer<typeof authorRecord>;
export type CommitList = z.infer<typeof commitListRecord>;
export type DeployRecord = z.infer<typeof deployRecord>;
export type Ref = z.infer<typeof refRecord>;
export type Release = z.infer<typeof releaseRecord>;
export type Repository = z.infer<typeof repositoryRecord>;
