import protobuf from 'protobufjs/light.js';
import { describe, expect, it } from 'vitest';
import definitions from './definitions/opentelemetry.json' with { type: 'json' };
import { encodeOutcome, encodeStatus } from './otlp-codec.ts';

const response = protobuf.Root.fromJSON(definitions).lookupType(
  'opentelemetry.proto.collector.metrics.v1.ExportMetricsServiceResponse',
);
const status = new protobuf.Type('Status')
  .add(new protobuf.Field('code', 1, 'int32'))
  .add(new protobuf.Field('message', 2, 'string'));

const long = `Too long: ${'é'.repeat(200)}`;

describe('answers in protobuf', () => {
  it.each([
    [1, '1 left out'],
    [127, ''],
    [128, '128 left out'],
    [4_000_000, long],
  ])('say in text that can be decoded that %i points were rejected', (rejectedDataPoints, errorMessage) => {
    const text = encodeOutcome({ rejectedDataPoints, errorMessage }, 'protobuf');
    const { partialSuccess } = response.toObject(response.decode(Buffer.from(text)), { longs: Number, defaults: true });
    expect(partialSuccess.rejectedDataPoints).toBe(Math.min(rejectedDataPoints, 127));
    expect(errorMessage.startsWith(partialSuccess.errorMessage)).toBe(true);
    expect(partialSuccess.errorMessage).toHaveLength(Math.min(errorMessage.length, errorMessage === long ? 60 : 110));
  });

  it('say nothing of a request that was taken whole', () => {
    expect(encodeOutcome({ rejectedDataPoints: 0, errorMessage: '' }, 'protobuf')).toBe('');
  });

  it('say what was wrong as far as there is room', () => {
    const text = encodeStatus({ code: 16, message: `${'No. '.repeat(100)}` }, 'protobuf');
    expect(status.decode(Buffer.from(text)).toJSON()).toEqual({ code: 16, message: 'No. '.repeat(100).slice(0, 110) });
  });

  it('say everything in JSON', () => {
    const text = encodeOutcome({ rejectedDataPoints: 4_000_000, errorMessage: long }, 'json');
    expect(JSON.parse(text)).toEqual({ partialSuccess: { rejectedDataPoints: '4000000', errorMessage: long } });
  });
});
