import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { BadRequestError } from '../platform/errors.ts';
import { readEnvelope } from './read-envelope.ts';

function read(text: string) {
  const { eventId, items } = readEnvelope(Buffer.from(text));
  return { eventId, items: items.map(({ type, payload }) => [type, payload.toString()]) };
}

describe('an envelope', () => {
  it.each([
    ['nothing but a header', '{}', []],
    ['a header and newlines', '{}\n\n\n', []],
    ['an item that tells its length', '{}\n{"type":"statsd","length":7}\na:1|c\nb\n', [['statsd', 'a:1|c\nb']]],
    ['an item that ends at the newline', '{}\n{"type":"session"}\n{"sid":1}\n', [['session', '{"sid":1}']]],
    ['an item that ends with the body', '{}\n{"type":"session"}\n{"sid":1}', [['session', '{"sid":1}']]],
    [
      'an empty payload',
      '{}\n{"type":"attachment","length":0}\n\n{"type":"event"}\n{}',
      [
        ['attachment', ''],
        ['event', '{}'],
      ],
    ],
    ['a payload that is missing', '{}\n{"type":"event"}', [['event', '']]],
    [
      'both kinds of items',
      '{}\n{"type":"statsd","length":5}\na:1|c\n{"type":"client_report"}\n{}\n{"type":"log","length":2}\n[]',
      [
        ['statsd', 'a:1|c'],
        ['client_report', '{}'],
        ['log', '[]'],
      ],
    ],
    ['a length in bytes, not characters', '{}\n{"type":"log","length":4}\néü\n', [['log', 'éü']]],
  ])('may hold %s', (_, text, items) => {
    expect(read(text)).toEqual({ eventId: undefined, items });
  });

  it.each([
    ['{"event_id":"12c2d058-d584-4270-9aa2-eca08bf20986"}', '12c2d058d58442709aa2eca08bf20986'],
    ['{"event_id":"12C2D058D58442709AA2ECA08BF20986"}', '12c2d058d58442709aa2eca08bf20986'],
    ['{"event_id":null}', undefined],
    ['{"sent_at":"2026-03-02T09:00:00Z"}', undefined],
  ])('with the header %s has the event id %s', (text, eventId) => {
    expect(read(text)).toEqual({ eventId, items: [] });
  });

  it.each([
    ['', 'The envelope does not begin with a header: a line that is a JSON object.'],
    ['[]', 'The envelope does not begin with a header: a line that is a JSON object.'],
    ['{', 'The envelope does not begin with a header: a line that is a JSON object.'],
    ['{"event_id":"x"}', 'The event_id in the header of the envelope is not a UUID.'],
    ['{"event_id":7}', 'The event_id in the header of the envelope is not a UUID.'],
    ['{}\nx', 'The header of item 1 is not a line with a JSON object.'],
    [
      '{}\n{"type":"a"}\n1\nnull\n',
      'The header of item 2 is not a line with a JSON object. ' +
        'If the payload of item 1 has line breaks, its header has to tell its "length" in bytes.',
    ],
    ['{}\n{"type":"a","length":1}\n1\nnull\n', 'The header of item 2 is not a line with a JSON object.'],
    ['{}\n{}\n', 'Item 1 has no type.'],
    ['{}\n{"type":""}\n', 'Item 1 has no type.'],
    ['{}\n{"type":"a","length":-1}\n', 'The length of item 1 is not a number of bytes.'],
    ['{}\n{"type":"a","length":"2"}\n', 'The length of item 1 is not a number of bytes.'],
    ['{}\n{"type":"a","length":9}\nshort', 'Item 1 is shorter than the length that it tells.'],
    ['{}\n{"type":"a","length":2}\nlong', 'Item 1 is longer than the length that it tells.'],
  ])('%j is refused', (text, message) => {
    expect(() => read(text)).toThrow(new BadRequestError(message));
  });

  it('is refused when it is not UTF-8', () => {
    expect(() => readEnvelope(Buffer.from([0x7b, 0xff, 0x7d]))).toThrow(BadRequestError);
  });

  it('is read or refused, whatever it is', () => {
    const pieces = fc.constantFrom(
      '{}',
      '\n',
      '{"type":"statsd"}',
      '{"type":"x","length":3}',
      'abc',
      '{"length":1}',
      '"',
      '{',
    );
    const anything = fc.oneof(
      fc.uint8Array().map((bytes) => Buffer.from(bytes)),
      fc.array(pieces).map((parts) => Buffer.from(parts.join(''))),
    );
    fc.assert(
      fc.property(anything, (body) => {
        try {
          expect(readEnvelope(body).items).toBeInstanceOf(Array);
        } catch (error) {
          expect(error).toBeInstanceOf(BadRequestError);
        }
      }),
      { numRuns: 500 },
    );
  });
});
