import * as fc from 'fast-check';

/** Texts that break things: half characters, NUL, what others take for keys, numbers beyond all bounds. */
const oddTexts = [
  '',
  ' ',
  '\0',
  'a\0b',
  '\ud800',
  'x\udfff',
  '..',
  '.',
  '/',
  'a/b',
  '#',
  'a#b',
  '%',
  '\u202e',
  '👩‍👩‍👧‍👦',
  'ﬁ-1',
  'İ',
  '\n',
  '\\',
  '"',
  '__proto__',
  'constructor',
  'toString',
  'hasOwnProperty',
  'null',
  'undefined',
  'NaN',
  'latest',
  'me',
  '-',
  '*',
  '~',
  '\uffff',
  '0',
  '-0',
  '-1',
  '1e400',
  '9007199254740993',
  '9'.repeat(19),
  '9'.repeat(400),
  'x'.repeat(201),
  'x'.repeat(3_000),
  '€'.repeat(700),
  '1970-01-01T00:00:00Z',
  '+275760-09-13T00:00:00Z',
  '0000-00-00',
  '9999-12-31T23:59:59.999+14:00',
]; // prettier-ignore

/** A text that somebody sends who means no good, or knows no better. */
export const oddText = fc.oneof(
  { weight: 3, arbitrary: fc.constantFrom(...oddTexts) },
  fc.string({ unit: 'binary', maxLength: 60 }),
  fc.string({ unit: 'grapheme', maxLength: 60 }),
  fc.integer().map(String),
);

/** As JSON, so that there are also forms that JavaScript would not write. */
export const oddJson = fc.oneof(
  { weight: 4, arbitrary: oddText.map((text) => JSON.stringify(text)) },
  fc.constantFrom(
    'null',
    'true',
    'false',
    '0',
    '-0',
    '-1',
    '1.5',
    '1e400',
    '-1e400',
    '9007199254740993',
    '1e-400',
    '[]',
    '{}',
    '[[]]',
    '[null]',
    '[{}]',
    '""',
    '{"__proto__":{"status":"open","projects":["web"]}}',
    '{"constructor":{"prototype":{"x":1}}}',
    '{"toString":1}',
    '{"a":1,"a":2}',
    '"\\ud800"',
    `[${'0,'.repeat(3_000)}0]`,
    `${'['.repeat(400)}${']'.repeat(400)}`,
    `${'{"a":'.repeat(300)}1${'}'.repeat(300)}`,
  ),
  fc.jsonValue({ maxDepth: 3 }).map((value) => JSON.stringify(value)),
); // prettier-ignore

const cursorOf = (text: string): string => Buffer.from(text).toString('base64url');

/** Also cursors that another list would understand. */
export const oddCursor = fc.oneof(
  fc
    .tuple(
      fc.constantFrom('<', '>', ''),
      fc.oneof(oddText, fc.constantFrom('acme', 'web', '1', '2026-03-02T09:00:00.000Z#1')),
    )
    .map(([direction, position]) => cursorOf(`${direction}${position}`)),
  oddText,
);
