import { parseReleaseVersion } from './parse-release-version.ts';
import type { Comparison, ReleaseQuery, ReleaseWord, WantedBuild, WantedVersion } from './release-query.ts';
import { type SemanticVersion, semanticVersion } from './semantic-version.ts';
import { compare, compareVersions } from './semantic-version-order.ts';

/** Whether a release with this version is what a query asks for. */
export function matchesReleaseQuery(version: string, { texts, terms }: ReleaseQuery): boolean {
  const text = version.toLowerCase();
  if (texts.length > 0 && !texts.some((part) => text.includes(part))) return false;
  return terms.every((term) => matchesTerm(version, term) !== term.negated);
}

function matchesTerm(version: string, term: ReleaseWord): boolean {
  switch (term.key) {
    case 'release':
      return term.patterns.some((pattern) => fits(version, pattern));
    case 'release.package': {
      const name = parseReleaseVersion(version)?.package ?? null;
      return name !== null && term.patterns.some((pattern) => fits(name, pattern));
    }
    case 'release.version': {
      const semantic = semanticVersion(version);
      return semantic !== null && term.anyOf.some((wanted) => isVersion(semantic, wanted));
    }
    case 'release.build': {
      const semantic = semanticVersion(version);
      return semantic !== null && term.anyOf.some((wanted) => isBuild(semantic, wanted));
    }
    case 'release.stage':
      // What says how far a release is in use are its sessions. Without any, no release ever got beyond the first stage.
      return term.stages.includes('low');
  }
}

/** Whether a text is as a pattern with a `*` at either end, both or none has it. */
function fits(text: string, pattern: string): boolean {
  const begin = pattern.startsWith('*');
  const end = pattern.length > 1 && pattern.endsWith('*');
  const rest = pattern.slice(begin ? 1 : 0, end ? -1 : undefined);
  if (begin && end) return text.includes(rest);
  if (begin) return text.endsWith(rest);
  return end ? text.startsWith(rest) : text === rest;
}

function isVersion(version: SemanticVersion, wanted: WantedVersion): boolean {
  if (wanted.package !== undefined && wanted.package !== version.package) return false;
  if ('version' in wanted) return holds(compareVersions(version, wanted.version), wanted.comparison);
  const numbers = [version.major, version.minor, version.patch, version.revision];
  return wanted.begins.every((number, index) => numbers[index] === number);
}

function isBuild({ buildNumber, buildCode }: SemanticVersion, wanted: WantedBuild): boolean {
  if ('number' in wanted) return buildNumber !== null && holds(compare(buildNumber, wanted.number), wanted.comparison);
  if (buildCode === null) return false;
  return 'is' in wanted ? buildCode === wanted.is : buildCode.startsWith(wanted.begins);
}

function holds(difference: number, comparison: Comparison): boolean {
  switch (comparison) {
    case '=':
      return difference === 0;
    case '>':
      return difference > 0;
    case '>=':
      return difference >= 0;
    case '<':
      return difference < 0;
    case '<=':
      return difference <= 0;
  }
}
