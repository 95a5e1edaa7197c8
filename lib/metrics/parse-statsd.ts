import { type MetricType, parsePublicName } from './metric-name.ts';
import type { MetricPoint, Sample } from './metric-point.ts';
import { normaliseTags } from './normalise-tags.ts';
import { RefusalCounter, type RefusalReason, type RefusalTally } from './refused-points.ts';
import type { Tags } from './tag-set.ts';

/**
 * Reads the payload of a `statsd` item: one point a line, `page.views@none:3|c|#environment:production,route:/home|T1700000000`.
 * Several values are separated by colons; tags and the time may be left out. Lines that cannot be read are counted, not thrown.
 */
export function parseStatsd(text: string): { readonly points: MetricPoint[]; readonly refused: RefusalTally } {
  const points: MetricPoint[] = [];
  const refused = new RefusalCounter();
  for (const line of text.split('\n')) {
    if (line.trim() === '') continue;
    const point = parseLine(line.replace(/\r$/u, ''));
    if (typeof point === 'string') refused.add(point);
    else points.push(point);
  }
  return { points, refused: refused.tally };
}

function parseLine(line: string): MetricPoint | RefusalReason {
  const [nameAndValues = '', type = '', ...sections] = line.split('|');
  const [name = '', ...values] = nameAndValues.split(':');
  if (!isMetricType(type) || values.length === 0) return 'malformed';
  const metric = parsePublicName(name, type);
  const sample = parseSample(type, values);
  if (metric === undefined || sample === undefined) return 'malformed';
  let tags: Tags = {};
  let timestamp: number | undefined;
  for (const section of sections) {
    if (section.startsWith('#')) {
      const read = parseTags(section.slice(1));
      if (typeof read === 'string') return read;
      tags = read;
    } else if (/^T\d{1,12}$/u.test(section)) {
      timestamp = Number(section.slice(1));
    } else {
      // A section that we do not know could change what the value means, as a sample rate would.
      return 'malformed';
    }
  }
  return { metric, sample, tags, timestamp };
}

function isMetricType(text: string): text is MetricType {
  return text === 'c' || text === 'd' || text === 'g' || text === 's';
}

function parseSample(type: MetricType, texts: readonly string[]): Sample | undefined {
  if (type === 's') return texts.includes('') ? undefined : { type, members: texts };
  const values = texts.map(parseNumber);
  if (!values.every((value) => value !== undefined)) return undefined;
  if (type === 'c') return { type, increment: values.reduce((sum, value) => sum + value, 0) };
  if (type === 'd') return { type, values };
  return parseGauge(values);
}

/** A gauge is one value, or the five numbers that an aggregating client has made of many. */
function parseGauge(values: readonly number[]): Sample | undefined {
  const [last, min, max, sum, count] = values;
  if (last === undefined) return undefined;
  if (values.length === 1) return { type: 'g', last, min: last, max: last, sum: last, count: 1 };
  if (values.length !== 5 || min === undefined || max === undefined || sum === undefined || count === undefined) {
    return undefined;
  }
  return { type: 'g', last, min, max, sum, count };
}

function parseNumber(text: string): number | undefined {
  if (!/^[+-]?(?:\d+\.?\d*|\.\d+)(?:e[+-]?\d{1,3})?$/iu.test(text)) return undefined;
  const value = Number(text);
  return Number.isFinite(value) ? value : undefined;
}

function parseTags(text: string): Tags | RefusalReason {
  const entries = text.split(',').filter((entry) => entry !== '');
  return normaliseTags(
    entries.map((entry) => {
      const colon = entry.indexOf(':');
      return colon === -1 ? [entry, ''] : [entry.slice(0, colon), unescapeTag(entry.slice(colon + 1))];
    }),
  );
}

/** Clients write the characters that have a meaning in a line as escapes: `\n`, `\\`, `\u{7c}` and so on. */
function unescapeTag(text: string): string {
  return text.replace(/\\(?:u\{([0-9a-f]{1,5})\}|(.))/giu, (_, code: string | undefined, character = '') => {
    if (code !== undefined) return String.fromCodePoint(Number.parseInt(code, 16));
    return escapes[character as string] ?? (character as string);
  });
}

const escapes: Readonly<Record<string, string>> = { n: '\n', r: '\r', t: '\t' };
