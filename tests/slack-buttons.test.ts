import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type MessageContent, pressButton } from '../lib/slack/index.ts';
import { createRule, drain } from './support/alerting-app.ts';
import { createPressingApp, openIncident, type PressingApp } from './support/pressing-app.ts';

let app: PressingApp;
beforeEach(async () => {
  app = await createPressingApp();
  await createRule(app);
  await openIncident(app);
});
afterEach(() => app.close());

const messages = () => app.slackServer.messages();
const blocksOf = (index: number) => JSON.stringify(messages()[index]?.attachments?.[0]?.blocks);

/** Presses a button of the incident's first message, as that person would in Slack. */
async function press(actionId: string, user: string): Promise<void> {
  expect(await app.pressThere({ ts: messages()[0]?.ts ?? '', actionId, user })).toMatchObject({
    ok: true,
    status: 200,
  });
  await drain(app);
}

describe('an incident in Slack', () => {
  it('is acknowledged by one, resolved by another, and its message tells both', async () => {
    await press('incident.acknowledge', 'U0ADA00001');
    expect(blocksOf(0)).toContain('Acknowledged by <@U0ADA00001>');
    await press('incident.resolve', 'U0OLIVIA00001');
    expect(messages()).toHaveLength(2);
    expect(messages()[0]).toMatchObject({ attachments: [{ color: '#4DC771' }] });
    expect(messages()[1]).toMatchObject({ thread_ts: messages()[0]?.ts });
    for (const index of [0, 1])
      expect(blocksOf(index)).toMatch(/Acknowledged by <@U0ADA00001>.*Resolved by <@U0OLIVIA00001>/u);
    expect(blocksOf(0)).not.toContain('incident.resolve');
  });

  it('tells who is too late, who it was, and nobody else hears that', async () => {
    await press('incident.acknowledge', 'U0ADA00001');
    const ts = messages()[0]?.ts ?? '';
    // The button is gone from the message by now: Slack sends what stood on the screen.
    await app.slack.updateMessage('T0ACME001', { channel: 'C0ALERTS01', ts }, oldScreen);
    await press('incident.acknowledge', 'U0MIA00001');
    expect(messages().at(-1)).toMatchObject({
      ephemeral: true,
      user: 'U0MIA00001',
      text: expect.stringContaining('<@U0ADA00001> acknowledged this incident already'),
    });
  });

  it('leads to its page without anything being done', async () => {
    await press('incident.open', 'U0ADA00001');
    expect(messages()).toHaveLength(1);
  });
});

const oldScreen: MessageContent = {
  text: 'as it was',
  blocks: [{ type: 'actions', elements: [pressButton('incident.acknowledge', { organization: 'acme', id: '1' })] }],
};
