import { expect, test } from 'vitest';
import { linked, notLinked } from './linking.ts';
import { look } from './look.ts';
import { inChannel } from './people.ts';
import type { SlackPage } from './slack-page.ts';
import type { World } from './world.ts';

/** Pressing buttons of messages in Slack. */
export function buttonWalks(world: () => World): void {
  test('acknowledges and resolves an incident from Slack, once they are linked', async () => {
    await openIncident(world());
    const visitor = await world().visitor();
    await notLinked(visitor, 'mia');
    const slack = await visitor.slack(inChannel('alerts', 'mia'));
    const incident = slack.saying('Checkout errors');
    const acknowledge = incident.getByRole('button', { name: 'Acknowledge' });
    const found = await look(slack.page, 'slack-incident');

    const refused = await slack.messageAfter(() => acknowledge.click());
    expect(await refused.innerText()).toContain('We do not know yet who you are');
    await linked(visitor, 'mia');
    await acknowledge.click();
    await slack.saying(/Acknowledged by .*Mia/).waitFor();
    found.push(...(await look(slack.page, 'slack-acknowledged')));
    await slack
      .saying(/Acknowledged by/)
      .getByRole('button', { name: 'Resolve' })
      .click();
    await slack.saying(/Resolved by .*Mia/).waitFor();
    found.push(...(await shareLink(slack)));
    expect(found).toEqual([]);
  });
}

/** Writes the address of the alert, below which stands how that is by now, and a moment later its chart. */
async function shareLink(slack: SlackPage): Promise<string[]> {
  const title = slack.page.getByRole('link', { name: /: Checkout errors/ }).first();
  await slack.type(`look at ${await title.getAttribute('href')}`);
  const shared = slack.saying('look at');
  const chart = shared.getByRole('img', { name: /Checkout errors: .* highest \d/ });
  await chart.waitFor();
  const width = () => chart.evaluate((image: unknown) => (image as { readonly naturalWidth: number }).naturalWidth);
  await expect.poll(width, { timeout: 20_000 }).toBe(1_200);
  expect(await shared.innerText()).toContain('Resolved: Checkout errors');
  await chart.scrollIntoViewIfNeeded();
  return look(slack.page, 'slack-shared-alert');
}

async function openIncident({ stack }: World): Promise<void> {
  const dsn = new URL(stack.projects[0]?.dsn ?? '');
  const address = `${stack.url}/api${dsn.pathname}/envelope/?sentry_key=${dsn.username}`;
  const body = `{}\n{"type":"statsd"}\n${stack.alert.statsd}:${stack.alert.threshold + 4}|c`;
  expect((await fetch(address, { method: 'POST', body })).status).toBe(200);
  expect((await fetch(`${stack.url}/__local/schedule`, { method: 'POST' })).status).toBe(200);
}
