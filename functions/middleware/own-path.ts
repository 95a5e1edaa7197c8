/** The addresses of our links are shorter; what is longer would make a cookie that browsers do not keep. */
const longestPath = 2_400;

/** What our own addresses are made of: no percent signs, backslashes or empty segments, so nothing to be read in two ways. */
const form = /^(?:\/[\w.~-]+)*\/?(?:\?[\w.~%&=+-]*)?$/;

/**
 * The way back after a sign-in, when it is one of our own pages: a path below our address, and never a whole address or
 * anything that a browser could take for one.
 */
export function ownPath(path: string | undefined): string | undefined {
  if (path === undefined || path.length > longestPath || !path.startsWith('/') || !form.test(path)) return undefined;
  const segments = path.split('?', 1)[0]?.split('/') ?? [];
  return segments.includes('.') || segments.includes('..') ? undefined : path;
}
