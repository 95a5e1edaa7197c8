const number = /\d+(?:\.\d+)?/.source;
const quoted = /"(?:[^"\\]|\\[\s\S])*"/.source;
const bare = /[^,[\]"{}()\s*]+/.source;
/** A text, a number, or a word that does not begin like one. */
const parameter = `(?:${quoted}|${number}|(?!\\d)${bare})`;
/** Words stand alone: `android`, `order` and `bytes` are none of these. A word before a colon is a tag of that name. */
const alone = /(?![A-Za-z0-9_.]|\s*:)/.source;
const or = `(?:OR|or)${alone}`;

const sticky = (source: string) => new RegExp(source, 'y');

/** The words of the language, as sticky patterns. Where two have to touch, one looks at what is before or behind it. */
export const tokens = {
  space: /\s*/y,
  /** Whatever stands where it should not: as much of a word as helps to find it, or one character. */
  anything: /[\p{L}\p{N}_.$]{1,40}|[\s\S]/uy,
  parentheses: { open: /\(/y, close: /\)/y },
  brackets: { open: /\[/y, close: /\]/y },
  braces: { open: /(?<!\s)\{/y, close: /\}/y },
  emptyBraces: /(?<!\s)\{\}/y,
  plusOrMinus: /[+-]/y,
  timesOrOver: /[*/]/y,
  negative: /-(?!\s)/y,
  number: sticky(number),
  quoted: sticky(quoted),
  functionName: /[A-Za-z0-9_]+(?=\s*\()/y,
  /** Parameters in parentheses that other parentheses follow directly, without their own. */
  parameters: sticky(`\\(\\s*(?:(${parameter}(?:\\s*,\\s*${parameter})*)\\s*)?\\)(?=\\()`),
  parameter: new RegExp(parameter, 'g'),
  publicName: /[a-z_]+(?:\.[a-z_]+)*(?![A-Za-z0-9_.:])/y,
  /**
   * An id ends at white space, and at an operator that cannot belong to it: a name may have `-` and `/` because an `@` must
   * follow, type and unit may not. In backquotes anything goes that leaves the four parts apart.
   */
  mri: /[^\s:(){}[\]"`,+*/@-]+:[^\s/@:(){}[\]"`,+*]+\/[^\s@(){}[\]"`,+*]+@[^\s(){}[\]"`,+*/:@-]+/y,
  inBackquotes: /`([^`:]+:[^`/]+\/[^`@,]+@[^`]+|[a-z_]+(?:\.[a-z_]+)*)`/y,
  by: /by(?![A-Za-z0-9_.])/y,
  comma: /,/y,
  tag: /[A-Za-z0-9_.]+/y,
  not: /!(?!\s)/y,
  colon: /:/y,
  value: sticky(`${quoted}|${bare}`),
  /** A value that may end in the star that stands for anything, with nothing behind it but what may follow a value. */
  pattern: sticky(`${quoted}|${bare}(?:\\*(?![^,\\]})\\s]))?`),
  /** Between conditions that all hold: a comma, the word, or nothing at all where another condition begins. */
  and: sticky(`,|(?:AND|and)${alone}|(?!${or})(?=[!($A-Za-z0-9_.])`),
  or: sticky(or),
} as const;

/** A word as it is meant, without its quotation marks, between which `\"` and `\\` are one character. */
export function unquote(word: string): string {
  return word.startsWith('"') ? word.slice(1, -1).replace(/\\(["\\])/g, '$1') : word;
}

/** Whether a word, in quotation marks or not, ends in the star that stands for anything. */
export function isWildcard(word: string): boolean {
  return /^"?[^,[\]"{}()\s*]+\*"?$/.test(word);
}
