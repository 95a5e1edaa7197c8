import { createHash } from 'node:crypto';
import { shortId } from '../../lib/issues/short-id.ts';
import type { SentCommit } from '../../lib/releases/commit-body.ts';

/** What the commits of a list have. */
export interface CommitListOptions {
  readonly count: number;
  /** Lists with different names share no commit and no author. */
  readonly name?: string;
  /** How many commits of this name are newer than the list. */
  readonly skip?: number;
  /** How many people made them, in turn; 0 leaves the authors out. */
  readonly authors?: number;
  /** How many files each of them changes. */
  readonly filesEach?: number;
  /** Issues of the project `web`, from WEB-1 on, that the first so many commits fix, one each. */
  readonly fixes?: number;
}

const newest = Date.UTC(2026, 0, 1);

/** A list of commits as a build sends them: newest first, all of one repository. */
export function commitsOf(options: CommitListOptions): SentCommit[] {
  const { count, name = '', skip = 0, authors = 0, filesEach = 0, fixes = 0 } = options;
  const prefix = createHash('sha256').update(name).digest('hex').slice(0, 32);
  return Array.from({ length: count }, (_, place) => skip + place).map((index) => ({
    id: `${prefix}${index.toString(16).padStart(8, '0')}`,
    repository: 'acme/app',
    message: `Change number ${index} of many${index < fixes ? `\n\nFixes ${shortId('web', index + 1)}` : ''}`,
    timestamp: new Date(newest - index * 60_000).toISOString(),
    ...(authors > 0 && {
      author_name: `Dev ${index % authors}`,
      author_email: `dev${index % authors}@${prefix.slice(0, 8)}.example`,
    }),
    ...(filesEach > 0 && {
      patch_set: Array.from({ length: filesEach }, (_unused, file) => ({
        path: `src/part-${index % 97}/module-${file}.ts`,
        type: 'M' as const,
      })),
    }),
  }));
}
