import { BadRequestError } from '../platform/errors.ts';
import { messages } from './messages.ts';
import { semanticVersion } from './semantic-version.ts';
import type { OrderedVersion } from './semantic-version-order.ts';

/** How a number or version has to stand to the one that a query names. */
export type Comparison = '=' | '>' | '>=' | '<' | '<=';

/** What one term of a query asks of a release. */
export type ReleaseWord =
  /** Each pattern may have a `*` at either end; one of them has to fit. */
  | { readonly key: 'release' | 'release.package'; readonly patterns: readonly string[] }
  | { readonly key: 'release.version'; readonly anyOf: readonly WantedVersion[] }
  | { readonly key: 'release.build'; readonly anyOf: readonly WantedBuild[] }
  | { readonly key: 'release.stage'; readonly stages: readonly ReleaseStage[] };

/** A version as it is compared, or its first numbers (`1.2.*`); of one package where it says so. */
export type WantedVersion = { readonly package?: string } & (
  | { readonly comparison: Comparison; readonly version: OrderedVersion }
  | { readonly begins: readonly bigint[] }
);

/** A build by its number, or by its text with or without a `*` behind. */
export type WantedBuild =
  | { readonly comparison: Comparison; readonly number: bigint }
  | { readonly is: string }
  | { readonly begins: string };

/** How far a release is in use. */
export type ReleaseStage = 'adopted' | 'low' | 'replaced';

/** What a query asks for; a release has to fit all of it. */
export interface ReleaseQuery {
  /** In lower case; one of them stands somewhere in the version. Empty for any version. */
  readonly texts: readonly string[];
  readonly terms: readonly (ReleaseWord & { readonly negated: boolean })[];
}

const maxLength = 1_000;
/** A key with a colon, then a quotation, a list in brackets or a word. In a quotation, \" and \\ are a sign each. */
const term =
  /\s*(?:(!?)([a-z][a-z0-9_.]*):)?([<>]=?|!=|=)?(?:"((?:[^"\\]|\\.)*)"(?=\s|$)|(\[[^\]]*\])(?=\s|$)|(\S*))/iuy;
const comparisons: Readonly<Record<string, Comparison>> = { '=': '=', '>': '>', '>=': '>=', '<': '<', '<=': '<=' };
const stages: ReadonlyMap<string, ReleaseStage> = new Map([
  ['adopted', 'adopted'],
  ['low', 'low'],
  ['low_adoption', 'low'],
  ['replaced', 'replaced'],
]);
/** A version without a package is compared with those of any. */
const anyPackage = 'package';

/**
 * Reads `release:web@* release.version:>=1.2 some text`. What is no term is one text, as people copy it from a list.
 * @param environments how many environments the list is narrowed to
 * @throws BadRequestError saying what to write instead
 */
export function parseReleaseQuery(query: string, environments: number): ReleaseQuery {
  if (query.length > maxLength) throw new BadRequestError(messages.queryTooLong(maxLength));
  const trimmed = query.trim();
  const terms: ReleaseQuery['terms'][number][] = [];
  const words: string[] = [];
  term.lastIndex = 0;
  while (term.lastIndex < trimmed.length) {
    const [, not = '', key, operator = '', quoted, list, word = ''] = term.exec(trimmed) ?? [];
    if (quoted === undefined && word.startsWith('"')) throw new BadRequestError(messages.quoteOpen);
    const one = quoted?.replace(/\\(.)/gu, '$1') ?? word;
    if (key === undefined) {
      words.push(`${operator}${list ?? one}`);
      continue;
    }
    const values = list === undefined ? [one] : list.slice(1, -1).split(',').map(unquoted);
    if (values.includes('')) throw new BadRequestError(messages.valueMissing(key));
    const negated = (not === '!') !== (operator === '!=');
    const comparison = comparisons[operator === '!=' ? '=' : operator];
    terms.push({ ...readTerm(key.toLowerCase(), values, comparison, environments), negated });
  }
  return { texts: textsOf(words.join(' ').toLowerCase()), terms };
}

function readTerm(
  key: string,
  values: readonly string[],
  comparison: Comparison | undefined,
  environments: number,
): ReleaseWord {
  switch (key) {
    case 'release':
    case 'release.package':
      return { key, patterns: values.map((value) => (comparison && comparison !== '=' ? comparison + value : value)) };
    case 'release.version':
      return { key, anyOf: values.map((value) => wantedVersion(value, comparison ?? '=')) };
    case 'release.build':
      return { key, anyOf: values.map((value) => wantedBuild(value, comparison ?? '=')) };
    case 'release.stage':
      if (environments !== 1) throw new BadRequestError(messages.stageNeedsEnvironment);
      return { key, stages: values.map((value) => stages.get(value.toLowerCase()) ?? refuse(messages.stageUnknown)) };
    default:
      return refuse(messages.queryKeyUnknown(key));
  }
}

function wantedVersion(value: string, comparison: Comparison): WantedVersion {
  const at = value.lastIndexOf('@');
  const name = at > 0 ? value.slice(0, at) : undefined;
  const number = value.slice(at + 1);
  const ofPackage = name === undefined ? {} : { package: name };
  const version = semanticVersion(`${name ?? anyPackage}@${number}`);
  if (version !== null) return { ...ofPackage, comparison, version };
  const [, begin] = /^((?:\d{1,18}\.){0,3})\*$/.exec(number) ?? refuse(messages.versionUnreadable);
  if (comparison !== '=') throw new BadRequestError(messages.versionUnreadable);
  return { ...ofPackage, begins: (begin?.match(/\d+/g) ?? []).map(BigInt) };
}

function wantedBuild(value: string, comparison: Comparison): WantedBuild {
  if (/^\d+$/.test(value)) return { comparison, number: BigInt(value) };
  if (comparison !== '=') throw new BadRequestError(messages.buildUnreadable);
  return value.endsWith('*') ? { begins: value.slice(0, -1) } : { is: value };
}

/** `1.2 (77)` is how lists show `1.2+77`. */
function textsOf(text: string): string[] {
  const [, version, build] = /^(\S.*?) +\(([^()]+)\)$/.exec(text) ?? [];
  return [...(text === '' ? [] : [text]), ...(version === undefined ? [] : [`${version}+${build}`])];
}

function unquoted(value: string): string {
  return value.trim().replace(/^"(.*)"$/u, '$1');
}

function refuse(message: string): never {
  throw new BadRequestError(message);
}
