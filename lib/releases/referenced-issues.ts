import { canonicalShortId } from '../issues/index.ts';

/** What announces that the commit fixes something: the word, perhaps a colon, and white space on the same line. */
const keyword = /(?<![\p{L}\p{N}_])(?:fix(?:e[sd])?|close[sd]?|resolve[sd]?):?[ \t]+/giu;

/** `WEB-1A` or `#WEB-1A`, with nothing behind it that would belong to the word. */
const reference = /#?([a-z0-9_][a-z0-9_-]{0,60}-[a-z0-9]{1,11})(?![\p{L}\p{N}_-])/iuy;

/** What stands between the references of a list. */
const separator = /[ \t]*(?:,(?:[ \t]*and(?=[ \t]))?|&|and(?=[ \t]))?[ \t]*/iuy;

/** A message that names more is no message of a person, and each of them is looked up, linked and changed. */
const maxReferences = 50;

/**
 * The short IDs of the issues that a commit message says are fixed, each once, in the order in which they stand. Only what
 * directly follows the keyword counts, on the same line: "fixes WEB-1, WEB-2 and #API-3" names three, "Fix typo in WEB-1
 * docs" none. At most fifty: what a message names behind them does not count. Whether there are such issues is not known here.
 */
export function referencedIssues(message: string): string[] {
  const found = new Set<string>();
  for (const { 0: matched, index } of message.matchAll(keyword)) {
    let at = index + matched.length;
    for (;;) {
      const named = matchAt(reference, message, at);
      const id = named?.[1] === undefined ? undefined : canonicalShortId(named[1]);
      if (named === undefined || id === undefined) break;
      found.add(id);
      if (found.size === maxReferences) return [...found];
      at += named[0].length;
      const between = matchAt(separator, message, at)?.[0] ?? '';
      if (between === '') break;
      at += between.length;
    }
  }
  return [...found];
}

function matchAt(pattern: RegExp, text: string, at: number): RegExpExecArray | undefined {
  pattern.lastIndex = at;
  return pattern.exec(text) ?? undefined;
}
