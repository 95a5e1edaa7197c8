import { describe, expect, it } from 'vitest';
import { parseSession, parseSessions } from './parse-sessions.ts';

/** How many sessions there are of each status, who is in them, and what was refused. */
function tally({ points, refused }: ReturnType<typeof parseSession>): Record<string, unknown> {
  const found: Record<string, unknown> = {};
  for (const { sample, tags } of points) {
    const status = tags['session.status'] ?? '';
    if (sample.type === 'c' && 'increment' in sample) found[status] = Number(found[status] ?? 0) + sample.increment;
    if (sample.type === 's') found[`${status} people`] = sample.members;
  }
  return { ...found, ...Object.fromEntries(refused) };
}

const started = '2026-03-02T09:00:00Z';
const attrs = { release: 'web@1', environment: 'prod', user_agent: 'x' };
const session = { sid: 'a', init: false, started, timestamp: started, status: 'ok', errors: 0, attrs };

describe('a session', () => {
  it.each<[string, object, object]>([
    ['begins', { init: true }, { init: 1 }],
    [
      'begins and crashes at once',
      { init: true, status: 'crashed', did: 'ada' },
      { init: 1, 'init people': ['ada'], crashed: 1, 'crashed people': ['ada'] },
    ],
    ['goes on', { errors: 2 }, {}],
    ['ends well', { status: 'exited' }, { exited: 1 }],
    ['ends with errors', { status: 'exited', errors: 1 }, { errored: 1 }],
    ['crashes', { status: 'crashed', errors: 1 }, { crashed: 1 }],
    ['just stops', { status: 'abnormal' }, { abnormal: 1 }],
    ['ends as nothing that we know', { status: 'exploded' }, { malformed_session: 1 }],
  ])('%s', (_, changes, counts) => {
    expect(tally(parseSession(JSON.stringify({ ...session, ...changes })))).toEqual(counts);
  });

  it('counts to when it began, by release and environment', () => {
    expect(parseSession(JSON.stringify({ ...session, init: true })).points).toEqual([
      expect.objectContaining({
        timestamp: 1_772_442_000,
        tags: { 'session.status': 'init', environment: 'prod', release: 'web@1' },
      }),
    ]);
  });
});

describe('counted sessions', () => {
  it('are as many as ended in any way', () => {
    const sent = {
      attrs,
      aggregates: [
        { started, exited: 5, errored: 2, crashed: 1 },
        { started, exited: 3 },
      ],
    };
    expect(tally(parseSessions(JSON.stringify(sent)))).toEqual({ init: 11, exited: 8, errored: 2, crashed: 1 });
  });

  it.each<[unknown, object]>([
    [{ aggregates: [] }, {}],
    [{ aggregates: [{ started }] }, {}],
    [{ aggregates: [{ started, exited: -1 }] }, { malformed_session: 1 }],
    [{ aggregates: [{ started, exited: 1.5 }] }, { malformed_session: 1 }],
    [{}, { malformed_session: 1 }],
    [null, { malformed_session: 1 }],
  ])('in %j are %j', (sent, counts) => {
    expect(tally(parseSessions(JSON.stringify(sent)))).toEqual(counts);
  });
});
