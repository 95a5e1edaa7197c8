import { describe, expect, it } from 'vitest';
import type { Notification } from './notification-store.ts';
import { planSending } from './plan-sending.ts';

const now = Date.parse('2026-03-02T09:00:00.000Z');

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
    ['of yesterday is given up by whoever takes it', { createdAt: '2026-03-01T09:00:00.000Z' }, [1, 1]],
    ['of the day before is left alone', { createdAt: '2026-03-01T08:00:00.000Z' }, [0, 0]],
  ] as const)('one %s', (_, changes, [open, ready]) => {
    const plan = planSending([told(changes)], now);
    expect([plan.open.length, plan.ready.length]).toEqual([open, ready]);
  });

  it('are ready in the order of their thread; other threads do not wait', () => {
    const [first, second] = [told({}), told({ change: 4 })];
    const elsewhere = told({ change: 4, target: 'slack:T:D' });
    expect(planSending([first, second, elsewhere], now).ready).toEqual([first, elsewhere]);
    expect(planSending([told({ state: 'sent' }), second], now).ready).toEqual([second]);
  });
});
