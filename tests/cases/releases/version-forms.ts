import * as z from 'zod';
import { referencedIssues } from '../../../lib/releases/referenced-issues.ts';
import { semanticVersion } from '../../../lib/releases/semantic-version.ts';
import { versionInfo } from '../../../lib/releases/version-info.ts';
import { releasesPath, type Stage } from './happening.ts';

/** What a version or a message means. */
export const versionForm = z.union([
  z.strictObject({ create_release: z.string() }),
  z.strictObject({ is_semver: z.string() }),
  z.strictObject({ serialize_release: z.string() }),
  z.strictObject({ message: z.string() }),
]);

/** Whose meaning is asked for. */
export type Meaning = z.infer<typeof versionForm>;

/** Says what a version or a message means; a version through the API wherever there can be such a release. */
export async function explain({ world, happening }: Stage, asked: Meaning): Promise<void> {
  const { facts } = happening;
  if ('message' in asked) {
    facts['referenced_short_ids'] = referencedIssues(asked.message);
  } else if ('is_semver' in asked) {
    facts['result'] = semanticVersion(asked.is_semver) !== null;
  } else {
    const version = 'create_release' in asked ? asked.create_release : asked.serialize_release;
    happening.version = version;
    const answer = await world.user.post(releasesPath(world), { version, projects: [...world.projects.keys()] });
    happening.answers.push(answer);
    happening.sent.push(version);
    const name = answer.status === 201 ? (answer.body.version as string) : version;
    facts['stored'] = storedParts(name);
    facts['versionInfo'] = answer.status === 201 ? answer.body.versionInfo : versionInfo(version);
  }
}

/** What releases are ordered by, under the names of the cases. */
function storedParts(version: string): Record<string, unknown> {
  const parts = semanticVersion(version);
  return {
    version,
    package: parts?.package ?? null,
    major: numberOf(parts?.major),
    minor: numberOf(parts?.minor),
    patch: numberOf(parts?.patch),
    revision: numberOf(parts?.revision),
    prerelease: parts?.prerelease ?? null,
    build_code: parts?.buildCode ?? null,
    build_number: numberOf(parts?.buildNumber),
  };
}

/** The numbers of JSON. */
function numberOf(value: bigint | null | undefined): number | null {
  return value === null || value === undefined ? null : Number(value);
}
