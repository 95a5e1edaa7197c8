import { expect, test } from 'vitest';
import { heading, linked, openLink } from './linking.ts';
import { look } from './look.ts';
import { inChannel, people } from './people.ts';
import type { World } from './world.ts';

/** Linking teams to channels. */
export function teamWalks(world: () => World): void {
  const team = (slug: string, name: string) =>
    world().admin('team.create', { organization: 'acme', slug, name, members: [people.ada.email] });

  test('chooses one of several teams for a channel, and unlinks it', async () => {
    await team('payments', 'Payments');
    const visitor = await world().visitor();
    await linked(visitor, 'marco');
    const slack = await visitor.slack(inChannel('backend', 'marco'));
    const found: string[] = [];

    const linking = await openLink(slack, '/postflow link team');
    await heading(linking, 'Which team gets its alerts in #backend?');
    expect(await linking.getByRole('radio').count()).toBeGreaterThan(1);
    found.push(...(await look(linking, 'link-team')));
    await linking.getByRole('radio', { name: 'Payments' }).check();
    found.push(...(await look(linking, 'link-team-chosen')));
    await linking.getByRole('button', { name: 'Link this team' }).click();
    await heading(linking, 'The team is linked');
    found.push(...(await look(linking, 'link-team-done')));
    await slack.saying('Payments').waitFor();
    found.push(...(await look(slack.page, 'slack-team-linked')));

    const again = await slack.type('/postflow link team');
    expect(await again.innerText()).toContain('This channel already has a team: payments');
    const unlinking = await openLink(slack, '/postflow unlink team');
    await heading(unlinking, /^Unlink payments from #backend\?$/i);
    found.push(...(await look(unlinking, 'unlink-team')));
    await unlinking.getByRole('button', { name: 'Unlink the team' }).click();
    await heading(unlinking, 'The team is unlinked');
    found.push(...(await look(unlinking, 'unlink-team-done')));
    const nothing = await slack.type('/postflow unlink team');
    expect(await nothing.innerText()).toContain('No team of yours is linked to this channel');
    expect(found).toEqual([]);
  });

  test('moves a team to another channel, once they have said that they mean it', async () => {
    await team('mobile', 'Mobile Apps');
    const visitor = await world().visitor();
    await linked(visitor, 'olivia');
    const from = await openLink(await visitor.slack(inChannel('general', 'olivia')), '/postflow link team');
    await from.getByRole('radio', { name: 'Mobile Apps' }).check();
    await from.getByRole('button', { name: 'Link this team' }).click();
    await heading(from, 'The team is linked');

    const slack = await visitor.slack(inChannel('alerts', 'olivia'));
    const page = await openLink(slack, '/postflow link team');
    await page.getByRole('radio', { name: /Mobile Apps.*now in #general/s }).check();
    await page.getByRole('button', { name: 'Link this team' }).click();
    await heading(page, 'Move Mobile Apps to #alerts?');
    const found = await look(page, 'move-team');
    await page.getByRole('button', { name: 'Move the team' }).click();
    await heading(page, 'The team has moved');
    found.push(...(await look(page, 'move-team-done')));
    await slack.saying('Mobile Apps').waitFor();
    expect(found).toEqual([]);
  });
}
