import { QuerySyntaxError } from '../../../lib/metrics/mql/query-error.ts';

/** How a text has to be written so that we read what the other system reads in a case, and why we do not read it so ourselves. */
interface Deviation {
  readonly reason: string;
  readonly text: string;
}

/** By rule and not by name, so that they hold for cases that nobody here has seen. */
export function readAsTheyDo(mql: string, ok: unknown): readonly Deviation[] {
  const deviations: readonly (readonly [reason: string, rewrite: (text: string) => string])[] = [
    ['an unquoted id ends at white space and at operators', (text) => idsIn(ok).reduce(inBackquotes, text)],
    [
      'AND, OR and by are words of their own: a tag may begin like one',
      (text) => text.replace(/(?<=[{,(\s\]"])(AND|and)(?=[A-Za-z0-9_.]+\s*:)/g, '$1 '),
    ],
    [
      'AND, OR and by are words of their own: a tag does not touch them',
      (text) => text.replace(/(?<=[)}\s`])by(?=[A-Za-z0-9_.])/g, 'by '),
    ],
    ['a doubled backslash between quotation marks is one', (text) => text.replaceAll('\\\\', '\\\\\\\\')],
  ];
  const all = deviations.reduce((text, [, rewrite]) => rewrite(text), mql);
  return [
    ...deviations.map(([reason, rewrite]) => ({ reason, text: rewrite(mql) })),
    { reason: deviations.map(([reason]) => reason).join('; '), text: all },
  ];
}

/** Why we read what they refuse; undefined when we do not mean to. */
export function readOnPurpose(mql: string): string | undefined {
  const unquoted = mql.replace(/`[^`]*`/g, '``');
  const theirIds = unquoted.match(/[^:(){}[\]"`,]+:[^/(){}[\]"`,]+\/[^@(){}[\]"`,]+@[^(){}[\]"`,]+/g) ?? [];
  const goesOn = theirIds.some((id) => /@[^\s+*/-]+\s*(?:\sby\b|[+*/-])/.test(id));
  return goesOn ? 'an unquoted id ends at white space and at operators' : undefined;
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
