/** Units of UCUM, which OpenTelemetry writes, by our names. https://ucum.org/ucum */
const ours: Readonly<Record<string, string>> = {
  '1': 'none',
  ns: 'nanosecond',
  us: 'microsecond',
  µs: 'microsecond',
  ms: 'millisecond',
  s: 'second',
  min: 'minute',
  h: 'hour',
  d: 'day',
  wk: 'week',
  '%': 'percent',
  bit: 'bit',
  By: 'byte',
  kBy: 'kilobyte',
  MBy: 'megabyte',
  GBy: 'gigabyte',
  TBy: 'terabyte',
  PBy: 'petabyte',
  EBy: 'exabyte',
  KiBy: 'kibibyte',
  MiBy: 'mebibyte',
  GiBy: 'gibibyte',
  TiBy: 'tebibyte',
  PiBy: 'pebibyte',
  EiBy: 'exbibyte',
};

const longest = 40;

/**
 * The unit by our name: `ms` is `millisecond`, `By/s` is `byte_per_second`. What counts things (`1`, `{request}`, nothing) is
 * `none`; what is not known keeps its letters.
 */
export function normaliseUnit(text: string): string {
  // In braces stands what is counted, which is no unit; they do not nest.
  const [numerator = 'none', ...denominators] = text
    .replace(/\{[^{}]*\}/gu, '')
    .split('/')
    .map(partOfUnit);
  const names = [numerator, ...denominators].filter((name) => name !== 'none');
  if (names.length === 0) return 'none';
  const unit = numerator === 'none' ? `per_${names.join('_per_')}` : names.join('_per_');
  return unit.slice(0, longest);
}

function partOfUnit(text: string): string {
  const part = text.trim();
  if (Object.hasOwn(ours, part)) return ours[part] ?? part;
  return part.replace(/[^A-Za-z0-9_%]/gu, '_') || 'none';
}
