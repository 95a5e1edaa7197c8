import { describe, expect, it } from 'vitest';
import { mri } from './metric-name.ts';
import { parseEvent } from './parse-event.ts';

/** The points of an event, as their ids with what they are and their tags. */
function counted(event: unknown): unknown {
  const { points, refused } = parseEvent(typeof event === 'string' ? event : JSON.stringify(event));
  return [
    ...points.map(({ metric, sample, tags, timestamp }) => [mri(metric), sample, tags, timestamp]),
    ...refused.keys(),
  ];
}

const events = 'c:escalating_issues/event_ingested@none';
const users = 's:escalating_issues/user@none';
const one = { type: 'c', increment: 1 };

describe('an event', () => {
  it('is counted by level, environment and release, with whom it hit', () => {
    const sent = {
      ...{
        event_id: 'a'.repeat(32),
        timestamp: 1_772_442_000.5,
        level: 'warning',
        environment: 'prod',
        release: 'w@1',
      },
      user: { id: 7, email: 'ada@acme.example' },
      exception: { values: [{ type: 'Error' }] },
    };
    const tags = { level: 'warning', environment: 'prod', release: 'w@1' };
    expect(counted(sent)).toEqual([
      [events, one, tags, 1_772_442_000],
      [users, { type: 's', members: ['id:7'] }, tags, 1_772_442_000],
    ]);
  });

  it.each<[string, unknown, unknown]>([
    ['without anything', {}, [[events, one, { level: 'error' }, undefined]]],
    ['with a time in words', { timestamp: '2026-03-02T09:00:00Z' }, [[events, one, { level: 'error' }, 1_772_442_000]]],
    [
      'with odd fields',
      { level: 1, environment: {}, user: 'x', timestamp: [] },
      [[events, one, { level: 'error' }, undefined]],
    ],
    [
      'with a user that nobody knows',
      { user: { ip_address: '{{auto}}' } },
      [[events, one, { level: 'error' }, undefined]],
    ],
    ['that is no object', [], ['malformed_event']],
    ['that is no JSON', '{', ['malformed_event']],
  ])('%s is counted for what it has', (_, sent, points) => {
    expect(counted(sent)).toEqual(points);
  });

  it('tells people with long names apart', () => {
    const member = (id: string) => JSON.stringify(parseEvent(JSON.stringify({ user: { id } })).points[1]?.sample);
    expect(member('x'.repeat(300))).not.toBe(member(`${'x'.repeat(300)}y`));
    expect(member('x'.repeat(300)).length).toBeLessThan(120);
  });
});
