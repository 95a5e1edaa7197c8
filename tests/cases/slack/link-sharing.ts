import * as z from 'zod';
import { alertRuleInput, createAlertRule } from '../../../lib/alerts/index.ts';
import { createProject } from '../../../lib/projects/index.ts';
import { organizationsOf, slackUserOf } from './given.ts';
import type { Stage } from './happening.ts';
import { sendRequest } from './request-forms.ts';

const told = /^link_shared(?: with (\d+|a) links?)?(?:, (\w+) resolving to the same arguments)?(?: by .*)?$/;

/** A message with links to us, told in words. */
export const sharingForm = z.strictObject({
  request: z.literal('POST /extensions/slack/event/'),
  signed: z.literal(true).default(true),
  event: z.string().regex(told),
});

/** The cases name none, and links are shown in channels only. */
export const sharingChannel = 'C0SHARING1';

const numbers: Readonly<Record<string, number>> = { two: 2, three: 3, four: 4 };

/** Shares links to alert rules; some of them are to the same one, and differ in what does not matter. */
export async function shareLinks(stage: Stage, { event }: z.output<typeof sharingForm>): Promise<void> {
  const [, number = '1', same = ''] = told.exec(event) ?? [];
  const count = number === 'a' ? 1 : Number(number);
  const alike = numbers[same] ?? Number(same || '1');
  const rules = await giveRules(stage, count - alike + 1);
  const links = Array.from({ length: count }, (_, index) => ({
    url: `${rules[Math.max(0, index - alike + 1)]}?referrer=${index}`,
    domain: 'postflow.example',
  }));
  const { workspace } = stage.given;
  const shared = { channel: sharingChannel, user: slackUserOf(stage.given), message_ts: '123456789.9875', links };
  await sendRequest(stage, {
    request: 'POST /extensions/slack/event/',
    signed: true,
    timestamp_age_s: 0,
    headers: {},
    json: { type: 'event_callback', team_id: workspace, event: { type: 'link_shared', ...shared } },
  });
}

/** Makes so many rules. @returns their addresses */
async function giveRules({ world: { app }, given }: Stage, count: number): Promise<string[]> {
  const organization = organizationsOf(given)[0] ?? '';
  await createProject(app, { organization, name: 'Web', slug: 'web' });
  const addresses: string[] = [];
  for (let number = 1; number <= count; number += 1) {
    const rule = alertRuleInput.parse({
      organization,
      project: 'web',
      name: `Rule ${number}`,
      metric: 'checkout.errors@none',
      threshold: 10,
      windowSeconds: 60,
      workspace: given.workspace,
      channelId: 'C0ALERTS01',
      channelName: 'alerts',
    });
    const { id } = await createAlertRule(app, rule);
    addresses.push(`${app.publicUrl}/organizations/${organization}/alerts/rules/details/${id}/`);
  }
  return addresses;
}
