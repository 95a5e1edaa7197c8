import * as z from 'zod';
import { type MatchedLink, matchLink, slackSignature } from '../../../lib/slack/index.ts';
import type { Stage } from './happening.ts';

/** What Slack signs a body with. */
export const signForm = z.strictObject({ sign: z.strictObject({ timestamp: z.string(), body: z.string() }) });

/** Signs a body; the text that is signed is told by what the signature is over. */
export function sign({ world, happening }: Stage, { sign: { timestamp, body } }: z.output<typeof signForm>): void {
  happening.facts['signature'] = slackSignature(world.app.signingSecret, timestamp, Buffer.from(body));
  happening.facts['signature_base'] = `v0:${timestamp}:${body}`;
}

/** What a link in a message leads to. */
export const matchForm = z.strictObject({ match_link: z.string() });

/** Where the links of the cases lead. */
const theirUrl = 'https://sentry.io';

/** Reads a link as if the address of the cases were ours, and tells it in their words. */
export function readLink({ happening }: Stage, { match_link: link }: z.output<typeof matchForm>): void {
  const found = matchLink(link, theirUrl);
  happening.facts['type'] = found === undefined ? null : theirKinds[found.kind];
  happening.facts['args'] = found === undefined ? null : argumentsOf(found);
}

const theirKinds = { alert: 'metric_alert', issue: 'issues', release: 'releases' } as const;

function argumentsOf(link: MatchedLink): Record<string, unknown> {
  switch (link.kind) {
    case 'alert': {
      const { organization, ruleId, incident = null, period = null, start = null, end = null } = link;
      const times = { period, start, end };
      return { org_slug: organization, alert_rule_id: Number(ruleId), incident_id: incident, ...times };
    }
    case 'issue':
      return { org_slug: link.organization, issue_id: Number(link.issueId) };
    case 'release':
      return { org_slug: link.organization, version: link.version };
  }
}
