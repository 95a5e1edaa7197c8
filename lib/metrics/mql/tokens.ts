/** The words of the language, as sticky patterns; white space is left to the parser, which knows where it may stand. */
export const tokens = {
  functionName: /[A-Za-z0-9_]+(?=\()/y,
  /** A name that is followed by its parenthesis only after white space. */
  functionNameApart: /[A-Za-z0-9_]+\s+\(/y,
  tagName: /[A-Za-z0-9_.]+/y,
  variable: /\$[A-Za-z0-9_.]+/y,
  number: /\d+(?:\.\d+)?/y,
  quoted: /"((?:[^"\\]|\\[\s\S])*)"/y,
  bareWord: /[^,[\]"{}()\s*]+/y,
  publicName: /[a-z_]+(?:\.[a-z_]+)*(?![A-Za-z0-9_.:])/y,
  quotedName: /`([a-z_]+(?:\.[a-z_]+)*)`/y,
  /**
   * An id ends at white space, and at an operator that cannot belong to it: a name may have `-` and `/` because an `@` must
   * follow, type and unit may not. In backquotes anything goes that leaves the four parts apart.
   */
  mri: /[^\s:(){}[\]"`,+*/@-]+:[^\s/@:(){}[\]"`,+*]+\/[^\s@(){}[\]"`,+*]+@[^\s(){}[\]"`,+*/:@-]+/y,
  quotedMri: /`([^`:]+:[^`/]+\/[^`@,]+@[^`]+)`/y,
  /** Words stand alone: `android`, `order` and `bytes` are none of these. A word before a colon is a tag of that name. */
  and: /(?:AND|and)(?![A-Za-z0-9_.]|\s*:)/y,
  or: /(?:OR|or)(?![A-Za-z0-9_.]|\s*:)/y,
  by: /by(?![A-Za-z0-9_.])/y,
  /** Parameters in parentheses that other parentheses follow directly: texts, numbers, and words that do not begin like one. */
  curried:
    /\(\s*((?:"(?:[^"\\]|\\[\s\S])*"|\d+(?:\.\d+)?|(?!\d)[^,[\]"{}()\s*]+)(?:\s*,\s*(?:"(?:[^"\\]|\\[\s\S])*"|\d+(?:\.\d+)?|(?!\d)[^,[\]"{}()\s*]+))*)?\s*\)(?=\()/y,
} as const;

/** A text between quotation marks as it is meant: `\"` and `\\` are one character, any other backslash is a backslash. */
export function unquote(between: string): string {
  return between.replace(/\\(["\\])/g, '$1');
}

/** A text in quotation marks; `unquote` of what is between them is the text again. */
export function quote(text: string): string {
  return `"${text.replace(/["\\]/g, '\\$&')}"`;
}

/** Whether this, bare or between quotation marks, ends in the star that stands for anything. */
export function isWildcard(raw: string): boolean {
  return /^[^,[\]"{}()\s*]+\*$/.test(raw);
}
