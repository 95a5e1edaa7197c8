import * as z from 'zod';

const text = z.string();

/** Some cases name a thing only. */
const orName = <S extends z.ZodType>(key: string, schema: S) =>
  z.preprocess((value) => (typeof value === 'string' ? { [key]: value } : value), schema);

const release = orName(
  'version',
  z.strictObject({
    version: text,
    projects: z.array(text).optional(),
    date_added: text.optional(),
    date_released: text.nullish(),
    status: z.enum(['open', 'archived']).nullish(),
    ref: text.nullish(),
    url: text.nullish(),
    /** `environment/project`. */
    envs: z.array(text).optional(),
    commits: z.array(z.record(text, z.unknown())).optional(),
    commit_lock_held: z.boolean().optional(),
  }),
);

const group = orName(
  'short_id',
  z.strictObject({
    short_id: text,
    in_inbox: z.boolean().optional(),
    status: z.enum(['unresolved', 'resolved', 'ignored']).optional(),
    assignee: text.nullish(),
  }),
);

const deploy = orName(
  'environment',
  z.strictObject({
    environment: text,
    release: text.optional(),
    projects: z.array(text).optional(),
    name: text.nullish(),
    url: text.nullish(),
    date_started: text.nullish(),
    date_finished: text.nullish(),
  }),
);

const commit = z.strictObject({
  key: text,
  repository: text.optional(),
  author: text.nullish(),
  date_added: text.optional(),
  message: text.nullish(),
});

/** What the cases say of the world before something happens. */
export const givenSchema = z.strictObject({
  org: text.default('org'),
  project: text.optional(),
  projects: z.array(text).default([]),
  user: text.optional(),
  envs: z.record(text, text).default({}),
  releases: z.array(release).default([]),
  releases_in_creation_order: z.array(text).default([]),
  earlier_releases: z.array(text).default([]),
  other_org_releases: z.array(text).default([]),
  repositories: z.array(text).default([]),
  /** The commits that are known, or how many the release has. */
  commits: z.union([z.array(commit), z.int()]).optional(),
  /** Repositories of which the release has a head, or how many. */
  head_commits: z.union([z.array(text), z.int()]).optional(),
  groups: z.array(group).default([]),
  resolution: z
    .strictObject({ release: text, type: z.literal('in_next_release'), status: z.literal('pending') })
    .optional(),
  user_option: z.strictObject({ self_assign_issue: z.enum(['0', '1']).optional() }).optional(),
  /** What the release has had deployed, in this order. */
  deploys: z.array(deploy).default([]),
  /** IDs of the commits that the release has. */
  release_commits: z.array(text).default([]),
  /** Nobody can delete it. */
  internal_project: z.boolean().optional(),
  /** Only managers make projects. */
  disable_member_project_creation: z.boolean().optional(),
  commit_lock_held: z.boolean().optional(),
  group_first_seen_in_release: z.boolean().optional(),
  release_has_health_data: z.boolean().optional(),
  external_issue_linked: z.boolean().optional(),
});

/** What the cases say of the world before something happens. */
export type Given = z.infer<typeof givenSchema>;

/** A release that is there before. */
export type GivenRelease = z.infer<typeof release>;
/** An issue that is there before. */
export type GivenGroup = z.infer<typeof group>;
/** A deploy that was made before. */
export type GivenDeploy = z.infer<typeof deploy>;
/** A commit that is known before. */
export type GivenCommit = z.infer<typeof commit>;
