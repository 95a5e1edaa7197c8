import type { APIGatewayProxyEvent } from 'aws-lambda';
import { beforeEach, describe, expect, it } from 'vitest';
import { listNotificationSettings } from '../lib/projects/index.ts';
import { linkTeam, readSituation } from '../lib/slack/index.ts';
import { people } from '../tests/support/acme.ts';
import { storedEvent } from '../tests/support/http-event.ts';
import { lambdaContext } from '../tests/support/lambda-context.ts';
import {
  createPagesWorld,
  type PagesWorld,
  type PersonName,
  postedTexts,
  slackUsers,
} from '../tests/support/pages-world.ts';
import { slackChannels } from '../tests/support/slack-server.ts';
import { pageDoor } from './middleware/page-door.ts';
import { door } from './slack-link.ts';

const teamId = 'T0ACME001';
const { alerts, elsewhere } = slackChannels;
let world: PagesWorld;
beforeEach(async () => {
  world = await createPagesWorld();
  return () => world.close();
});

async function situation(person: PersonName, channelId: string = alerts.id) {
  return readSituation(world.app, { teamId, slackUserId: slackUsers[person], channelId });
}

/** Opens a link, signs in and presses the button. */
async function walk(link: string, who: PersonName, fields?: Record<string, string>, browser = world.browser()) {
  const asked = await browser.signIn(link, who, teamId);
  return { browser, asked, done: await browser.submit(asked, fields) };
}

describe('linking oneself', () => {
  it('asks who is to be linked to whom, does it, and says so in Slack', async () => {
    const { asked, done } = await walk(world.link('link-identity', 'ada'), 'ada');
    expect(asked).toMatchObject({ status: 200 });
    for (const text of ['Link yourself to Slack?', 'Acme', slackUsers.ada, people.ada, 'Ada']) {
      expect(asked.html).toContain(text);
    }
    expect(done).toMatchObject({ status: 200, html: expect.stringContaining('You are linked') });
    expect(done.html).toContain(`slack://channel?id=${alerts.id}&amp;team=${teamId}`);
    expect(done.html).toContain('We said so in Slack');
    expect((await situation('ada'))?.identity).toEqual({ userId: world.users.ada, email: people.ada });
    expect(postedTexts(world.slack)).toEqual([
      [expect.any(String), expect.stringMatching(/\*ada@acme\.example\*.*deploys.*`\/postflow unlink` undoes it/)],
    ]);
  });

  it('says what is replaced', async () => {
    await world.linked(slackUsers.ada, 'mia');
    await world.linked('U0OLDADA01', 'ada');
    const { asked } = await walk(world.link('link-identity', 'ada'), 'ada');
    expect(asked.html).toContain('linked to another account at the moment');
    expect(asked.html).toContain('another Slack user of this workspace (U0OLDADA01)');
  });

  it('warns whom a link was passed on to, where people do not sign in with Slack', async () => {
    const link = world.link('link-identity', 'ada');
    const [unsure, sure] = [
      await world.browser().signIn(link, 'ada'),
      await world.browser().signIn(link, 'ada', teamId),
    ];
    expect(unsure.html).toContain('only if it was you who typed the command');
    expect(sure.html).not.toContain('only if it was you');
  });

  it('sends to the sign-in of the workspace that the link is for', async () => {
    const address = new URL(world.link('link-identity', 'ada'));
    const event = storedEvent<APIGatewayProxyEvent>('slack-link/forged');
    const [, , , page = '', token = ''] = address.pathname.split('/');
    const at = { ...event, path: address.pathname, pathParameters: { page, token } };
    const { statusCode, headers } = await pageDoor(door, async () => world.app)(at, lambdaContext());
    expect(statusCode).toBe(303);
    expect(new URL(String(headers?.['Location'])).searchParams.get('team')).toBe(teamId);
  });

  it('works once', async () => {
    const link = world.link('link-identity', 'ada');
    await walk(link, 'ada');
    const stranger = world.browser();
    for (const landing of [
      await stranger.visit(link),
      await stranger.signIn(world.link('link-identity', 'mia'), 'mia'),
    ]) {
      expect(landing.html).not.toContain(people.ada);
    }
    expect(await stranger.visit(link)).toMatchObject({ status: 410, html: expect.stringContaining('used already') });
    expect((await stranger.visit(link)).html).not.toContain('Nothing was changed');
  });

  it('says what it did to who pressed the button twice or loads the page again', async () => {
    const link = world.link('link-identity', 'ada');
    const browser = world.browser();
    const asked = await browser.signIn(link, 'ada', teamId);
    const landings = await Promise.all([browser.submit(asked), browser.submit(asked)]);
    landings.push(await browser.submit(asked), await browser.visit(link));
    for (const landing of landings) {
      expect(landing).toMatchObject({ html: expect.stringContaining('You are linked') });
      expect(landing.html).toContain(people.ada);
    }
    expect(
      landings
        .slice(0, 2)
        .map(({ status }) => status)
        .sort(),
    ).toEqual([200, 410]);
    for (const landing of landings.slice(2)) {
      expect(landing).toMatchObject({ status: 410, html: expect.stringContaining('type the command in Slack again') });
    }
    expect(landings.at(-1)?.html).toContain('We said so in Slack');
    expect(postedTexts(world.slack)).toHaveLength(1);
  });
});

describe('unlinking oneself', () => {
  it('asks, does it, and says so in Slack', async () => {
    await world.linked(slackUsers.ada, 'ada');
    const { browser, asked, done } = await walk(world.link('unlink-identity', 'ada'), 'ada');
    expect(asked.html).toContain('Unlink yourself from Slack?');
    expect(done).toMatchObject({ status: 200, html: expect.stringContaining('Unlinked') });
    expect(await situation('ada')).not.toHaveProperty('identity');
    expect(postedTexts(world.slack)[0]?.[1]).toContain('not linked as *ada@acme.example* any more');
    expect(await browser.submit(asked)).toMatchObject({ status: 410, html: expect.stringContaining('Unlinked') });
    expect(postedTexts(world.slack)).toHaveLength(1);
  });

  it('says when there is nothing to unlink, and leaves the link unused', async () => {
    const landing = await world.browser().signIn(world.link('unlink-identity', 'ada'), 'ada', teamId);
    expect(landing).toMatchObject({ status: 200, html: expect.stringContaining('There is nothing to unlink') });
  });
});

describe('linking a team', () => {
  beforeEach(() => world.linked(slackUsers.olivia, 'olivia'));

  it('offers the teams, links one, switches its alerts on, and tells the channel', async () => {
    const { asked, done } = await walk(world.link('link-team', 'olivia'), 'olivia', { team: 'acme/backend' });
    expect(asked.html).toContain('Which team gets its alerts in #alerts?');
    expect(asked.html).toMatch(/value="acme\/backend"[\s\S]*value="acme\/frontend"/);
    expect(done).toMatchObject({ status: 200, html: expect.stringContaining('The team is linked') });
    expect((await situation('olivia'))?.teamsHere).toEqual([{ organization: 'acme', team: 'backend' }]);
    expect(await settingsOfTeam('backend')).toEqual([expect.objectContaining({ kind: 'alert', value: 'always' })]);
    expect(postedTexts(world.slack)).toEqual([
      [alerts.id, expect.stringContaining(`<@${slackUsers.olivia}> linked it`)],
    ]);
  });

  it('names a private channel, whose name commands do not say, by no name', async () => {
    const link = world.link('link-team', 'olivia', { channelName: '' });
    const { asked, done } = await walk(link, 'olivia', { team: 'acme/backend' });
    expect(asked.html).toContain('Which team gets its alerts in this private channel?');
    expect(done.html).toContain('sent to this private channel from now on');
    for (const { html } of [asked, done]) expect(html).not.toMatch(/#[ .?<]|privategroup/);
  });

  it('asks before a team leaves another channel, and tells both', async () => {
    await putTeam('backend', elsewhere);
    const browser = world.browser();
    const { asked, done: move } = await walk(
      world.link('link-team', 'olivia'),
      'olivia',
      { team: 'acme/backend' },
      browser,
    );
    expect(asked.html).toContain('now in #elsewhere');
    expect(move).toMatchObject({ status: 200, html: expect.stringMatching(/Move .* to #alerts\?/) });
    expect(move.html).toContain('#elsewhere');
    expect((await situation('olivia'))?.teamsHere).toEqual([]);
    const done = await browser.submit(move);
    expect(done).toMatchObject({ status: 200, html: expect.stringContaining('The team has moved') });
    expect((await situation('olivia'))?.teamsHere).toEqual([{ organization: 'acme', team: 'backend' }]);
    // The app is not in the channel that the team has left: the page says what can be done about it.
    expect(done.html).toContain('/invite @postflow');
    expect(await browser.submit(move)).toMatchObject({
      status: 410,
      html: expect.stringContaining('/invite @postflow'),
    });
  });

  it('says what to do when Slack refuses the message, and links all the same', async () => {
    const link = world.link('link-team', 'olivia', { channelId: elsewhere.id, channelName: elsewhere.name });
    const { done } = await walk(link, 'olivia', { team: 'acme/backend' });
    expect(done).toMatchObject({ status: 200, html: expect.stringContaining('/invite @postflow') });
    expect((await situation('olivia', elsewhere.id))?.teamsHere).toHaveLength(1);
  });

  it.each([
    ['', 400],
    ['acme', 400],
    ['acme/backend/more', 400],
    ['acme/nobody', 404],
    ['other/backend', 404],
  ])('refuses the choice %j', async (team, status) => {
    expect((await walk(world.link('link-team', 'olivia'), 'olivia', { team })).done.status).toBe(status);
    expect((await situation('olivia'))?.teamsHere).toEqual([]);
  });

  it('tells who may link no team which role is needed', async () => {
    await world.linked(slackUsers.mia, 'mia');
    const landing = await world.browser().signIn(world.link('link-team', 'mia'), 'mia', teamId);
    expect(landing).toMatchObject({ status: 403, html: expect.stringContaining('Your role is not enough') });
  });

  it('asks who is not linked to do that first', async () => {
    const landing = await world.browser().signIn(world.link('link-team', 'ada'), 'ada', teamId);
    expect(landing).toMatchObject({ status: 403, html: expect.stringContaining('Link yourself first') });
  });
});

describe('unlinking a team', () => {
  it('asks, does it, forgets its settings, and tells the channel', async () => {
    await world.linked(slackUsers.olivia, 'olivia');
    await walk(world.link('link-team', 'olivia'), 'olivia', { team: 'acme/backend' });
    const { browser, asked, done } = await walk(world.link('unlink-team', 'olivia'), 'olivia');
    expect(asked.html).toContain('Unlink backend from #alerts?');
    expect(done).toMatchObject({ status: 200, html: expect.stringContaining('The team is unlinked') });
    expect((await situation('olivia'))?.teamsHere).toEqual([]);
    expect(await settingsOfTeam('backend')).toEqual([]);
    expect(postedTexts(world.slack).at(-1)).toEqual([alerts.id, expect.stringContaining('any more')]);
    expect(await browser.submit(asked)).toMatchObject({
      status: 410,
      html: expect.stringContaining('That is what this link did'),
    });
  });
});

async function settingsOfTeam(slug: string) {
  const teams = await teamIds();
  return listNotificationSettings(world.app, {
    organization: 'acme',
    ownerType: 'team',
    ownerId: teams.get(slug) ?? '',
  });
}

async function teamIds(): Promise<Map<string, string>> {
  const items = await Array.fromAsync(world.app.table.queryAll({ partition: 'ORG#acme', beginsWith: 'TEAM#' }));
  return new Map(items.map((item) => [String(item['slug']), String(item['id'])]));
}

async function putTeam(team: string, channel: { readonly id: string; readonly name: string }): Promise<void> {
  const visitor = { teamId, slackUserId: slackUsers.olivia, userId: world.users.olivia };
  const place = { channelId: channel.id, channelName: channel.name };
  await linkTeam(world.app, { ...visitor, ...place, link: world.freshLink(), organization: 'acme', team });
}
