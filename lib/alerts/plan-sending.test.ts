import { describe, expect, it } from 'vitest';
import type { Notification } from './notification-store.ts';
import { planSending } from './plan-sending.ts';

const now = Date.parse('2026-03-02T09:00:00.000Z');

const old = { createdAt: '2026-03-01T08:59:59.999Z' };
const after = '2026-03-02T09:00:00.001Z';

function told(changes: Partial<Notification>): Notification {
  return {
    organization: 'acme',
    incident: 1,
    change: 3,
    target: 'slack:T:C',
    notificationId: 'u-1',
    status: 'critical',
    destination: { kind: 'channel', teamId: 'T', channelId: 'C', channelName: 'alerts' },
    threads: 'thread',
    broadcast: true,
    subject: {
      ruleId: '1',
      ruleName: 'Errors',
      projectId: '7',
      aggregate: 'count()',
      windowSeconds: 60,
      startedAt: '2026-03-02T08:58:00.000Z',
      value: 11,
    },
    createdAt: '2026-03-02T08:59:00.000Z',
    state: 'pending',
    attempts: 1,
    mayBePosted: false,
    ...changes,
  };
}

describe('notifications that were told of', () => {
  it.each([
    ['that nobody has taken is ready', {}, [1, 1]],
    ['that is sent is done', { state: 'sent' }, [0, 0]],
    ['that failed is done', { state: 'failed' }, [0, 0]],
    ['waits as long as Slack asks', { notBefore: '2026-03-02T09:00:00.001Z' }, [1, 0]],
    ['has waited as long as Slack asked', { notBefore: '2026-03-02T09:00:00.000Z' }, [1, 1]],
    ['has a sender at work', { claimedUntil: '2026-03-02T09:00:00.001Z' }, [1, 0]],
    ['had a sender that is dead', { claimedUntil: '2026-03-02T09:00:00.000Z' }, [1, 1]],
    ['of exactly a day ago is tried once more', { createdAt: '2026-03-01T09:00:00.000Z' }, [1, 1]],
    ['of more than a day ago, with a sender at work, is left to it', { ...old, claimedUntil: after }, [1, 0]],
  ] as const)('one %s', (_, changes, [open, ready]) => {
    const plan = planSending([told(changes)], now);
    expect([plan.open.length, plan.ready.length, plan.over.length]).toEqual([open, ready, 0]);
  });

  it.each([
    ['a millisecond more than a day', {}],
    ['weeks', { createdAt: '2026-02-01T09:00:00.000Z' }],
    ['a day and waits for what its target asked for', { notBefore: after }],
    ['a day after its sender died', { claimedUntil: '2026-03-02T09:00:00.000Z' }],
  ])('one that is not sent for %s is over, and holds up nothing behind it', (_, changes) => {
    const [late, next] = [told({ ...old, ...changes }), told({ change: 4 })];
    const { over, open, ready } = planSending([late, next], now);
    expect(over).toEqual([{ notification: late, error: expect.objectContaining({ code: 'too_late' }) }]);
    expect([open, ready]).toEqual([[next], [next]]);
  });

  it('are 300 at most: the oldest beyond are over, but for those with a sender at work', () => {
    const all = Array.from({ length: 303 }, (_, index) =>
      told({ incident: index + 1, notBefore: after, ...(index === 1 && { claimedUntil: after }) }),
    );
    const { over, open, ready } = planSending(all, now);
    expect(over.map(({ notification, error }) => [notification.incident, error.code])).toEqual([
      [1, 'too_many_waiting'],
      [3, 'too_many_waiting'],
    ]);
    expect(open.map(({ incident }) => incident).slice(0, 3)).toEqual([2, 4, 5]);
    expect([open.length, ready.length]).toEqual([301, 0]);
  });

  it('are ready in the order of their thread; other threads do not wait', () => {
    const [first, second] = [told({}), told({ change: 4 })];
    const elsewhere = told({ change: 4, target: 'slack:T:D' });
    expect(planSending([first, second, elsewhere], now).ready).toEqual([first, elsewhere]);
    expect(planSending([told({ state: 'sent' }), second], now).ready).toEqual([second]);
  });
});
