/** The addresses of our links are shorter; what is longer would make a cookie that browsers do not keep. */
const longestPath = 2_400;

/** What our own addresses are made of: no backslashes or empty segments, so nothing to be read in two ways. */
const form = /^(?:\/[\w.~%-]+)*\/?(?:\?[\w.~%&=+-]*)?$/;

/** What a segment may not say, in whatever way it is written. */
const misread = /[/\\\p{Cc}]|^\.{1,2}$/u;

/**
 * The way back after a sign-in, when it is one of our own pages: a path below our address, and never a whole address or
 * anything that a browser could take for one. Versions of releases stand in paths percent-encoded.
 */
export function ownPath(path: string | undefined): string | undefined {
  if (path === undefined || path.length > longestPath || !path.startsWith('/') || !form.test(path)) return undefined;
  const segments = path.split('?', 1)[0]?.split('/') ?? [];
  return segments.every(isPlain) ? path : undefined;
}

function isPlain(segment: string): boolean {
  try {
    return !misread.test(decodeURIComponent(segment));
  } catch {
    return false;
  }
}
