/** The numbers, the stage and the build of a version such as `1.2.3-beta.1+77`. */
export interface ParsedVersion {
  /** Major, minor, patch and revision; what is not written is 0. */
  readonly numbers: readonly [bigint, bigint, bigint, bigint];
  /** How many of the numbers are written. */
  readonly components: number;
  /** What stands before the build. */
  readonly stem: string;
  readonly prerelease: string | null;
  readonly buildCode: string | null;
}

/** A release's name taken apart: `package@version`. */
export interface ReleaseVersion {
  readonly package: string | null;
  readonly raw: string;
  /** Null where the version is a hash, any other text, or belongs to no package. */
  readonly parsed: ParsedVersion | null;
  readonly buildHash: string | null;
}

const packageAndVersion = /^(@?[^@]+)@(.+)$/;
const identifier = '(?:0|[1-9]\\d*|\\d*[a-zA-Z-][0-9a-zA-Z-]*)';
const version = new RegExp(
  `^((\\d+)(?:\\.(\\d+))?(?:\\.(\\d+))?(?:\\.(\\d+))?((?:-|[a-z])${identifier}?(?:\\.${identifier})*)?)` +
    '(?:\\+([0-9a-zA-Z-]+(?:\\.[0-9a-zA-Z-]+)*))?$',
);
const refusedCharacters = /[\r\n\f\t/]/;
const buildHashLengths: ReadonlySet<number> = new Set([12, 16, 20, 32, 40, 64]);
const maxBytes = 200;
/** Larger numbers cannot be compared as numbers by those who read them and count as 0. */
const numberLimit = 2n ** 64n;

/** Takes a release's name apart; null for what can be no release's name. Never throws. */
export function parseReleaseVersion(name: string): ReleaseVersion | null {
  const trimmed = name.trim();
  if (Buffer.byteLength(trimmed) > maxBytes || refusedCharacters.test(trimmed) || isRestrictedName(trimmed))
    return null;
  const [, packageName, raw] = packageAndVersion.exec(trimmed) ?? [];
  // Without a package nothing says that `1.2.3` is meant as a version, so it is only a text.
  if (packageName === undefined || raw === undefined) {
    return { package: null, raw: trimmed, parsed: null, buildHash: isBuildHash(trimmed) ? trimmed : null };
  }
  if (isBuildHash(raw)) return { package: packageName, raw, parsed: null, buildHash: raw };
  const parsed = parseVersion(raw);
  const buildCode = parsed?.buildCode ?? null;
  return {
    package: packageName,
    raw,
    parsed,
    buildHash: buildCode !== null && isBuildHash(buildCode) ? buildCode : null,
  };
}

/** Names that mean something else in addresses. */
export function isRestrictedName(trimmed: string): boolean {
  return trimmed === '.' || trimmed === '..' || trimmed.toLowerCase() === 'latest';
}

function parseVersion(raw: string): ParsedVersion | null {
  const match = version.exec(raw);
  if (match === null) return null;
  const [, stem = '', major, minor, patch, revision, stage = '', buildCode = null] = match;
  const components = [major, minor, patch, revision].filter((group) => group !== undefined).length;
  // `1a1` could be anything, a hash for instance; `1-a1` and `1.0a1` are versions.
  if (components === 1 && stage !== '' && !stage.startsWith('-')) return null;
  return {
    numbers: [numberIn(major), numberIn(minor), numberIn(patch), numberIn(revision)],
    components,
    stem,
    prerelease: stage.replace(/^-/, '') || null,
    buildCode,
  };
}

function numberIn(digits = '0'): bigint {
  const number = BigInt(digits);
  return number < numberLimit ? number : 0n;
}

function isBuildHash(text: string): boolean {
  return buildHashLengths.has(text.length) && /^[0-9a-fA-F]+$/.test(text);
}
