import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { type HttpServer, listen } from '../../infra/local/listen.ts';
import { createPagesWorld, type PagesWorld, postedTexts } from '../support/pages-world.ts';
import { slackWorkspace } from '../support/slack-server.ts';

let world: PagesWorld;
let trap: HttpServer;
let caught: string[];
beforeAll(async () => {
  world = await createPagesWorld();
  trap = await listen(0);
  trap.serve((request, response) => {
    caught.push(request.url ?? '');
    response.end('ok');
  });
});
beforeEach(() => {
  caught = [];
});
afterAll(async () => {
  await world.close();
  await trap.close();
});

describe('a link that carries a response_url', () => {
  it.each([
    ['of a stranger', ({ href }: URL) => href],
    [
      'of a stranger who looks like Slack',
      ({ host }: URL) => `http://hooks.slack.com@${host}/__local/slack/response/1`,
    ],
    ['that nobody could call', () => 'no address'],
  ])('%s does what it is for, and says so in a direct message', async (_, address) => {
    const before = postedTexts(world.slack).length;
    const browser = world.browser();
    const link = world.link('link-identity', 'ada', { responseUrl: address(new URL(trap.url)) });
    const asked = await browser.signIn(link, 'ada', slackWorkspace.teamId);
    expect(await browser.submit(asked)).toMatchObject({ status: 200, html: expect.stringContaining('You are linked') });
    expect(caught).toEqual([]);
    expect(postedTexts(world.slack)).toHaveLength(before + 1);
  });
});
