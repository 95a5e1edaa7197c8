import { describe, expect, it } from 'vitest';
import { decodeOtlp } from './otlp-codec.ts';
import { toNumber } from './otlp-request.ts';

const decoded = (point: string) => {
  const metric = `{"name":"hits","histogram":{"dataPoints":[${point}]},"sum":{"dataPoints":[${point}]}}`;
  const body = `{"resourceMetrics":[{"scopeMetrics":[{"metrics":[${metric}]}]}]}`;
  return decodeOtlp(Buffer.from(body), 'json').resourceMetrics[0]?.scopeMetrics[0]?.metrics[0];
};

describe('a number of 64 bits in JSON', () => {
  it.each([
    ['as text', '"7"', 7],
    ['as a number', '7', 7],
    ['below zero', '"-7"', -7],
    ['of nothing', 'null', 0],
  ])('is read %s', (_, written, value) => {
    expect(toNumber(decoded(`{"asInt":${written}}`)?.sum?.dataPoints[0]?.asInt ?? 0)).toBe(value);
  });

  it.each([
    '{"asInt":"abc"}',
    '{"asInt":"7 of 9"}',
    '{"asInt":""}',
    '{"asInt":7.5}',
    '{"asInt":true}',
    '{"asInt":{}}',
    '{"timeUnixNano":"2026-03-02T09:00:00Z"}',
    '{"startTimeUnixNano":"1e9"}',
    '{"count":"many"}',
    '{"bucketCounts":["1","x"]}',
    '{"attributes":[{"key":"a","value":{"intValue":"one"}}]}',
  ])('is none, and the request is refused: %s', (point) => {
    expect(() => decoded(point)).toThrow(expect.objectContaining({ status: 400 }));
  });

  it('may stand in fields that nobody knows', () => {
    expect(decoded('{"asInt":"1","more":{"name":"x"}}')?.sum?.dataPoints).toHaveLength(1);
  });
});
