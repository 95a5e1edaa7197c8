import { QuerySyntaxError } from '../../../lib/metrics/mql/query-error.ts';
import { type Filter, isQuery, type Query } from '../../../lib/metrics/mql/syntax-tree.ts';

/** How a text has to be written so that we read what the other system reads in a case, and why we do not read it so ourselves. */
interface Deviation {
  readonly reason: string;
  readonly text: string;
}

const idsEnd = 'an unquoted id ends at white space and at operators';

/** By rule and not by name, so that they hold for cases that nobody here has seen. */
export function readAsTheyDo(mql: string, ok: unknown): readonly Deviation[] {
  const deviations: readonly (readonly [reason: string, rewrite: (text: string) => string])[] = [
    [idsEnd, (text) => idsIn(ok).reduce(inBackquotes, text)],
    ['AND, OR and by are words of their own: a tag may begin like one', withSpaceAfterAnd],
    ['AND, OR and by are words of their own: a tag does not touch them', withSpaceAfterBy],
    ['a doubled backslash between quotation marks is one', (text) => text.replaceAll('\\\\', '\\\\\\\\')],
  ];
  const all = deviations.reduce((text, [, rewrite]) => rewrite(text), mql);
  const needed = deviations.filter(([, rewrite]) => rewrite(mql) !== mql).map(([reason]) => reason);
  return [
    ...deviations.map(([reason, rewrite]) => ({ reason, text: rewrite(mql) })),
    { reason: needed.join('; '), text: all },
  ];
}

/** Why we read what they refuse; undefined when we do not mean to. */
export function readOnPurpose(mql: string, ours: Query): string | undefined {
  const unquoted = mql.replace(/`[^`]*`/g, '``');
  const theirIds = unquoted.match(/[^:(){}[\]"`,]+:[^/(){}[\]"`,]+\/[^@(){}[\]"`,]+@[^(){}[\]"`,]+/g) ?? [];
  const goesOn = theirIds.some((id) => /@[^\s+*/-]+\s*(?:\sby\b|[+*/-])/.test(id));
  if (goesOn) return idsEnd;
  return hasTagLikeWord(ours) ? 'a word before a colon is a tag of that name' : undefined;
}

/** Why we refuse what they read; undefined when we do not mean to. */
export function refusedOnPurpose(refusal: unknown, ok: unknown): string | undefined {
  const isAboutAggregate = refusal instanceof QuerySyntaxError && refusal.expected === 'an aggregate';
  const isAboutSeries = refusal instanceof QuerySyntaxError && refusal.expected === 'a metric';
  if (isAboutAggregate && JSON.stringify(ok).includes('AGGREGATE_PLACEHOLDER')) {
    return 'a metric without an aggregate is refused, with its place';
  }
  if (isAboutAggregate && JSON.stringify(ok).includes('"aggregate_params"')) {
    return 'arguments that would be dropped are refused, with their place';
  }
  return isAboutSeries && !JSON.stringify(ok).includes('"metric"') ? 'a query without a metric is refused' : undefined;
}

/** They read the word wherever a condition is over, whatever follows it. */
function withSpaceAfterAnd(text: string): string {
  return insteadOfWords(text, /(?:AND|and)(?=[A-Za-z0-9_.]+\s*:)/, (word, before) => {
    const isBetween = /[\])"\s]$/.test(before) && /[^\s{(,!]\s*$/.test(before);
    const isAfterWord = /[\s)\]"](?:AND|and|OR|or)\s+$/.test(before);
    return isBetween && !isAfterWord ? `${word} ` : word;
  });
}

/** And this one wherever a call or a metric is over. */
function withSpaceAfterBy(text: string): string {
  return insteadOfWords(text, /by(?=[A-Za-z0-9_.])/, (word, before) => {
    const isInBraces = before.lastIndexOf('{') > before.lastIndexOf('}');
    const isAfterBy = /by\s*(?:\([^)]*)?$/.test(before);
    return !isInBraces && !isAfterBy && /[)}\s`]$/.test(before) ? `${word} ` : word;
  });
}

/** Puts something else for a word, but not within texts and what is in backquotes. */
function insteadOfWords(text: string, word: RegExp, replace: (word: string, before: string) => string): string {
  const pattern = new RegExp(`"(?:[^"\\\\]|\\\\[\\s\\S])*"|\`[^\`]*\`|${word.source}`, 'g');
  return text.replace(pattern, (found, at: number) =>
    /^["`]/.test(found) ? found : replace(found, text.slice(0, at)),
  );
}

/** The first place where the id stands without backquotes gets them. */
function inBackquotes(text: string, id: string): string {
  const at = text.split('`').findIndex((part, index) => index % 2 === 0 && part.includes(id));
  if (at < 0) return text;
  // A replacement function, because an id may have characters that mean something in a replacement.
  return text
    .split('`')
    .with(
      at,
      (text.split('`')[at] ?? '').replace(id, () => `\`${id}\``),
    )
    .join('`');
}

function idsIn(ok: unknown): readonly string[] {
  return [...JSON.stringify(ok).matchAll(/"mri":("(?:[^"\\]|\\.)*")/g)].map(
    ([, id = '""']) => JSON.parse(id) as string,
  );
}

function hasTagLikeWord(query: Query): boolean {
  const below = query.kind === 'formula' ? query.operands.filter(isQuery) : [];
  return query.filters.some(isAboutWord) || below.some(hasTagLikeWord);
}

function isAboutWord(filter: Filter): boolean {
  if ('and' in filter) return filter.and.some(isAboutWord);
  if ('or' in filter) return filter.or.some(isAboutWord);
  return /^(?:AND|and|OR|or)$/.test(filter.tag);
}
