import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { addMember, createOrganization, createTeam } from '../../lib/organizations/index.ts';
import { addWorkspace } from '../../lib/slack/index.ts';
import { createPagesWorld, type PagesWorld, slackUsers } from '../support/pages-world.ts';
import { slackChannels, slackWorkspace } from '../support/slack-server.ts';
import { tagsIn } from './html.ts';
import { brokenIn, controlsIn, mrkdwnIn } from './mrkdwn.ts';

const name = (what: string) => `<!channel> <@U0EVE00001> <https://evil.example|${what}> |"><script>x</script>`;
const channelName = '<!here>|\n"><img src=x>';
const { alerts, elsewhere } = slackChannels;

let world: PagesWorld;
beforeAll(async () => {
  world = await createPagesWorld();
  const { app } = world;
  const eve = 'eve@acme.example';
  const email = 'olivia@acme.example';
  await createOrganization(app, { slug: 'evil', name: name('organization').slice(0, 64) });
  await addMember(app, { organization: 'evil', email, role: 'owner' });
  await addMember(app, { organization: 'evil', email: eve, name: name('person'), role: 'owner' });
  await createTeam(app, { organization: 'evil', slug: 'team', name: '<!channel> *x* |"><script>', members: [] });
  await addWorkspace(app, { ...slackWorkspace, organization: 'evil', name: name('workspace') });
});
afterAll(() => world.close());

const allowed = new Set([`@${slackUsers.olivia}`, `#${elsewhere.id}`]);

describe('what people have given names that mean no good', () => {
  it('goes through every page of a link, and every message that follows, as a text', async () => {
    const channel = { channelName, organization: 'evil' };
    const there = { ...channel, channelId: elsewhere.id };
    const walks = [
      [world.link('link-identity', 'olivia'), {}],
      [world.link('link-team', 'olivia', channel), { team: 'evil/team' }],
      [world.link('link-team', 'olivia', there), { team: 'evil/team', from: alerts.id }],
      [world.link('unlink-team', 'olivia', there), {}],
      [world.link('unlink-identity', 'olivia'), {}],
    ] as const;
    for (const [link, fields] of walks) {
      const browser = world.browser();
      const asked = await browser.signIn(link, 'olivia', slackWorkspace.teamId);
      const done = await browser.submit(asked, fields);
      for (const { status, html } of [asked, done]) {
        expect(status, html).toBe(200);
        expect(tagsIn(html).filter((tag) => ['script', 'img'].includes(tag.name))).toEqual([]);
      }
    }
    const texts = world.slack.messages().flatMap((message) => mrkdwnIn(contentOf(message)));
    expect(texts.length).toBeGreaterThanOrEqual(4);
    expect(texts.flatMap(brokenIn)).toEqual([]);
    expect(texts.flatMap(controlsIn).filter((target) => !allowed.has(target))).toEqual([]);
  });
});

function contentOf({ text, blocks, attachments }: { text?: unknown; blocks?: unknown; attachments?: unknown }): object {
  return { text, blocks, attachments };
}
