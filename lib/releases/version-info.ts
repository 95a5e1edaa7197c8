import { parseReleaseVersion } from './parse-release-version.ts';

/** What a release's name tells, in the form of our answers. */
export interface VersionInfo {
  readonly package: string | null;
  readonly version: {
    readonly raw: string;
    readonly major?: number;
    readonly minor?: number;
    readonly patch?: number;
    readonly pre?: string | null;
    readonly buildCode?: string | null;
    readonly components?: number;
  };
  /** Short and for people: without the package, with a short hash. */
  readonly description: string;
  readonly buildHash: string | null;
}

const shortHashLength = 12;

/** Describes a release's name; null for what can be no release's name. */
export function versionInfo(name: string): VersionInfo | null {
  const release = parseReleaseVersion(name);
  if (release === null) return null;
  const { raw, parsed, buildHash } = release;
  const shortHash = buildHash?.slice(0, shortHashLength);
  if (parsed === null) return { package: release.package, version: { raw }, description: shortHash ?? raw, buildHash };
  // JSON has no larger exact numbers than 2^53; beyond that `raw` is the one to trust.
  const [major, minor, patch] = parsed.numbers.map(Number);
  const { prerelease: pre, buildCode, components, stem } = parsed;
  const build = shortHash ?? buildCode;
  return {
    package: release.package,
    version: { raw, major: major ?? 0, minor: minor ?? 0, patch: patch ?? 0, pre, buildCode, components },
    description: build === null ? stem : `${stem} (${build})`,
    buildHash,
  };
}
