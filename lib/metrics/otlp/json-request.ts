/** Fields of 64 bits, which JSON has as texts; one that holds several has a list of them. */
const wideFields: ReadonlySet<string> = new Set([
  'asInt',
  'intValue',
  'timeUnixNano',
  'startTimeUnixNano',
  'count',
  'zeroCount',
  'bucketCounts',
]);

/**
 * The JSON object that a body is. Fields that are not known stay, and nobody reads them.
 * @throws TypeError or SyntaxError for anything else, and where a whole number is none: the decoder would read it as some other
 */
export function jsonRequest(body: Uint8Array): Record<string, unknown> {
  const value: unknown = JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(body));
  if (typeof value !== 'object' || value === null || Array.isArray(value)) throw new TypeError('not an object');
  checkNumbers(value);
  return value as Record<string, unknown>;
}

function checkNumbers(within: object): void {
  for (const [name, value] of Object.entries(within)) {
    if (typeof value === 'object' && value !== null && !wideFields.has(name)) checkNumbers(value);
    else if (wideFields.has(name) && ![value].flat().every(isWideNumber)) throw new TypeError(`${name} is no number`);
  }
}

function isWideNumber(value: unknown): boolean {
  if (typeof value === 'string') return /^-?\d{1,20}$/.test(value);
  return value === null || Number.isInteger(value);
}
