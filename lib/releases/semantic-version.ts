import { parseReleaseVersion } from './parse-release-version.ts';

/** What releases of one package are ordered by. */
export interface SemanticVersion {
  readonly package: string;
  readonly major: bigint;
  readonly minor: bigint;
  readonly patch: bigint;
  readonly revision: bigint;
  /** Empty for a final version. */
  readonly prerelease: string;
  readonly buildCode: string | null;
  /** The build code, where it is a number that fits. */
  readonly buildNumber: bigint | null;
}

/** Numbers up to here can be ordered in 63 bits. */
const numberLimit = 2n ** 63n;

/** The semantic version in a release's name; null without a package, without a version or with too large numbers. */
export function semanticVersion(name: string): SemanticVersion | null {
  const release = parseReleaseVersion(name);
  if (release === null || release.package === null || release.parsed === null) return null;
  const { numbers, prerelease, buildCode } = release.parsed;
  if (numbers.some((number) => number >= numberLimit)) return null;
  const [major, minor, patch, revision] = numbers;
  const buildNumber = buildCode !== null && /^\d+$/.test(buildCode) ? BigInt(buildCode) : null;
  return {
    package: release.package,
    major,
    minor,
    patch,
    revision,
    prerelease: prerelease ?? '',
    buildCode,
    buildNumber: buildNumber !== null && buildNumber < numberLimit ? buildNumber : null,
  };
}
