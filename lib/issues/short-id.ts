/** Crockford's digits: no I, L, O and U, which are taken for others or spell words. https://www.crockford.com/base32.html */
const digits = '0123456789ABCDEFGHJKMNPQRSTVWXYZ';
/** As many digits as a safe integer can need. */
const maxDigits = 11;

const pattern = /^([A-Z0-9_-]{1,50})-([0-9A-TV-Z]{1,11})$/;

/** Tells people which issue is meant: `WEB-1A` is number 42 of the project `web`. @throws RangeError for no positive integer */
export function shortId(projectSlug: string, number: number): string {
  return `${shortIdPrefix(projectSlug)}-${toBase32(number)}`;
}

/** What the short IDs of a project begin with. */
export function shortIdPrefix(projectSlug: string): string {
  return projectSlug.toUpperCase();
}

/**
 * The one spelling of a short ID that somebody typed: any case, and I, L and O for the digits that they look like.
 * Undefined for a text that is none.
 */
export function canonicalShortId(text: string): string | undefined {
  const [, prefix, number] = pattern.exec(text.toUpperCase()) ?? [];
  if (prefix === undefined || number === undefined) return undefined;
  const canonical = number.replace(/[IL]/g, '1').replaceAll('O', '0').replace(/^0+/, '');
  return canonical === '' ? undefined : `${prefix}-${canonical}`;
}

function toBase32(number: number): string {
  if (!Number.isSafeInteger(number) || number < 1) throw new RangeError(`${number} cannot be the number of an issue`);
  let text = '';
  for (let rest = number; rest > 0; rest = Math.floor(rest / digits.length)) {
    text = `${digits[rest % digits.length]}${text}`;
  }
  if (text.length > maxDigits) throw new RangeError(`${number} is too large for a short ID`);
  return text;
}
