import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createTeam } from '../lib/organizations/index.ts';
import { createPagesWorld, type PagesWorld, slackUsers } from '../tests/support/pages-world.ts';
import { slackWorkspace } from '../tests/support/slack-server.ts';

const { teamId } = slackWorkspace;

describe('names from outside', () => {
  let world: PagesWorld;
  beforeAll(async () => {
    world = await createPagesWorld();
  });
  afterAll(() => world.close());

  it('are shown as they are, and never as HTML', async () => {
    await world.linked(slackUsers.olivia, 'olivia');
    const browser = world.browser();
    await browser.signIn(world.link('link-team', 'olivia'), 'olivia', teamId);
    const odd = fc.array(
      fc.constantFrom(
        '<',
        '>',
        '"',
        "'",
        '&',
        '</h1>',
        '<script>alert(1)</script>',
        '" autofocus onfocus="x',
        '&lt;',
        'é',
        ' ',
      ),
      { minLength: 1, maxLength: 8 },
    );
    let count = 0;
    await fc.assert(
      fc.asyncProperty(odd, odd, async (channel, team) => {
        count += 1;
        const [channelName, name] = [channel.join(''), `${team.join('').trim()}x`];
        await createTeam(world.app, { organization: 'acme', slug: `odd-${count}`, name, members: [] });
        const { html } = await browser.visit(world.link('link-team', 'olivia', { channelName }));
        expect(html).not.toMatch(/<script|<\/h1>[^\n]*<\/h1>|<[^>]*\sonfocus/);
        expect(html.match(/<h1/g)).toHaveLength(1);
        expect(html).toContain(escaped(`#${channelName}?`));
        expect(html).toContain(escaped(name));
      }),
      { numRuns: 30 },
    );
  });
});

const escaped = (text: string) =>
  text
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;')
    .replaceAll("'", '&#39;');
