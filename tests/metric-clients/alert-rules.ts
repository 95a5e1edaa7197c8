import { beforeAll, describe, expect, it } from 'vitest';
import type { Running } from '../sentry-cli/command-line.ts';
import type { LocalStack } from '../support/local-stack.ts';
import { untilCounted } from './ask-metrics.ts';

/** Rules about what an SDK reports without being asked to measure anything. */
const rules = [
  { aggregate: 'count()', query: 'level:error', timeWindow: 5, thresholdType: 0, threshold: 2 },
  { aggregate: 'count_unique(user)', query: '', timeWindow: 5, thresholdType: 0, threshold: 1 },
  {
    ...{ aggregate: 'percentage(sessions_crashed, sessions)', query: 'release:shop@1.2.3' },
    ...{ timeWindow: 30, thresholdType: 1, threshold: 99 },
  },
] as const;
const told = [
  '3 events in the last 5 minutes',
  '2 users affected in the last 5 minutes',
  '0% crash-free sessions in the last 30 minutes',
];

/** Makes the rules; they look at what is sent from then on. */
export async function createAlertRules(stack: LocalStack): Promise<void> {
  for (const { threshold, ...terms } of rules) {
    const actions = [{ type: 'slack', targetIdentifier: '#backend', inputChannelId: 'C0BACKEND1' }];
    const triggers = [{ label: 'critical', alertThreshold: threshold, actions }];
    const rule = { ...terms, name: terms.aggregate, environment: 'staging', gracePeriod: 0, triggers };
    const answer = await fetch(`${stack.url}/api/0/projects/${stack.org}/${stack.projects[0]?.slug}/alert-rules/`, {
      method: 'POST',
      headers: { authorization: `Bearer ${stack.token}`, 'content-type': 'application/json' },
      body: JSON.stringify(rule),
    });
    expect(answer.status, await answer.text()).toBe(201);
  }
}

/** What they find of the exceptions and the session that crashed. */
export function describeAlertRules(running: Running): void {
  describe('alert rules about what an SDK reports', () => {
    let said = '';
    beforeAll(async () => {
      // Half an hour is looked at every other minute.
      await untilCounted(running());
      said = await (await fetch(`${running().url}/__local/slack/messages`)).text();
    });

    it.each(told)('tell that there were %s', (text) => {
      expect(said).toContain(text);
    });

    it('have an incident each', async () => {
      const { url, org, token } = running();
      const headers = { authorization: `Bearer ${token}` };
      const answer = await fetch(`${url}/api/0/organizations/${org}/incidents/`, { headers });
      const incidents = (await answer.json()) as { status: number; alertRule: { name: string } }[];
      const critical = incidents.map(({ alertRule }) => alertRule.name);
      expect(critical).toEqual(expect.arrayContaining(rules.map(({ aggregate }) => aggregate)));
    });
  });
}
